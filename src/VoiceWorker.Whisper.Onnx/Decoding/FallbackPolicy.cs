using System.IO.Compression;
using System.Text;

namespace VoiceWorker.Whisper.Onnx.Decoding;

/// <summary>When a window's text is so doubtful that it is written again with more chance (OpenAI's <c>transcribe.py</c>).</summary>
internal sealed class FallbackPolicy(OnnxWhisperOptions options)
{
    /// <summary>The temperatures to try, the first one always.</summary>
    public IEnumerable<float> Temperatures => Enumerable.Range(0, options.MaxFallbacks + 1).Select(i => (float)Math.Min(i * options.TemperatureStep, 1));

    /// <summary>Whether a result is good enough.</summary>
    /// <param name="result">The attempt.</param>
    /// <param name="text">Its text.</param>
    public bool Accepts(WindowResult result, string text) =>
        IsSilence(result) ||
        (!result.Failed && result.MeanLogProbability >= options.LogProbabilityThreshold && CompressionRatio(text) <= options.CompressionRatioThreshold);

    /// <summary>Whether a result says that nobody spoke.</summary>
    public bool IsSilence(WindowResult result) =>
        result.NoSpeechProbability > options.NoSpeechThreshold && result.MeanLogProbability < options.LogProbabilityThreshold;

    /// <summary>A text's size divided by its compressed size: high for a text that repeats itself.</summary>
    public static double CompressionRatio(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(bytes);
        return (double)bytes.Length / compressed.Length;
    }
}
