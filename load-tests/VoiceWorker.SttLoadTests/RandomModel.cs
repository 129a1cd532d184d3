using System.Text;
using VoiceWorker.UnitTests.Whisper;
using VoiceWorker.Whisper.Ggml;
using VoiceWorker.Whisper.Tokens;

namespace VoiceWorker.SttLoadTests;

/// <summary>
/// Model files with real dimensions and random weights, the same ones each time, for speed alone. They write text
/// tokens only, to the most that a window may have: the embeddings of end-of-text and of the timestamps are zero, and
/// those of text so large that one of them always wins.
/// </summary>
internal static class RandomModel
{
    /// <summary>Tokens of a window: about what 30 s of lively talk have.</summary>
    public const int Tokens = 80;

    // Half the context but four tokens, in both engines.
    private const int TextContext = 2 * (Tokens + 4);
    private const float Loudness = 10;
    private const int Seed = 1;

    /// <summary>Writes the file unless it is there.</summary>
    /// <param name="name"><c>tiny</c> or <c>base</c>.</param>
    /// <returns>Its path.</returns>
    public static string Write(string name)
    {
        var path = Path.Combine(Path.GetTempPath(), $"voiceworker-random-{name}-{Tokens}.bin");
        if (File.Exists(path))
            return path;
        var temporary = $"{path}.{Environment.ProcessId}";
        using (var stream = new BufferedStream(File.Create(temporary), 1 << 20))
            Write(stream, (name == "tiny" ? GgmlFileWriter.Tiny : GgmlFileWriter.Base) with { TextContext = TextContext });
        File.Move(temporary, path, overwrite: true);
        return path;
    }

    private static void Write(Stream stream, WhisperDimensions dimensions)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        var random = new Random(Seed);
        GgmlFileWriter.WriteHeader(writer, dimensions);
        GgmlFileWriter.WriteFilters(writer, dimensions.Mels);
        GgmlFileWriter.WriteVocabulary(writer, [.. Enumerable.Range(0, 256).Select(value => new[] { (byte)value })]);
        foreach (var (name, (type, shape)) in WhisperTensors.Expected(dimensions))
        {
            if (name == "decoder.token_embedding.weight")
                WriteEmbedding(writer, name, dimensions, random);
            else
                GgmlFileWriter.WriteTensor(writer, name, type, shape, random);
        }
    }

    private static void WriteEmbedding(BinaryWriter writer, string name, WhisperDimensions dimensions, Random random)
    {
        var (width, endOfText) = (dimensions.TextState, new WhisperTokens(dimensions.Vocabulary).EndOfText);
        writer.Write(2);
        writer.Write(name.Length);
        writer.Write((int)GgmlType.F16);
        writer.Write(width);
        writer.Write(dimensions.Vocabulary);
        writer.Write(Encoding.ASCII.GetBytes(name));
        for (var i = 0; i < dimensions.Vocabulary * width; i++)
            writer.Write(i / width < endOfText ? (Half)((random.NextSingle() - 0.5f) * Loudness / MathF.Sqrt(width)) : (Half)0);
    }
}
