using System.Globalization;
using VoiceWorker.Whisper.Onnx;

namespace VoiceWorker.SttLoadTests;

/// <summary>An engine with settings that is to be measured.</summary>
/// <param name="Name">As the report names it.</param>
/// <param name="Engine"><c>onnx</c> or <c>whisper.net</c>.</param>
/// <param name="Settings">Keys below the engine's section.</param>
/// <param name="Trimmed">Whether the encoder is cut to the recording; only such candidates are compared with each other.</param>
internal sealed record Candidate(string Name, string Engine, IReadOnlyDictionary<string, string> Settings, bool Trimmed = false)
{
    private const double PositionsPerSecond = 50;
    private const string Onnx = "onnx";
    private const string WhisperNet = "whisper.net";

    /// <summary>The engine that the project makes.</summary>
    public static Candidate OfOnnx(int threads, bool trim = false, int batch = 16) => new(
        trim ? "onnx, encoder cut to the recording" : "onnx", Onnx, new Dictionary<string, string>
        {
            ["Threads"] = $"{threads}",
            ["MaxBatch"] = $"{batch}",
            ["MaxFallbacks"] = "0",
            ["TrimEncoder"] = $"{trim}",
        }, trim);

    /// <summary>Encoder positions for all of these recordings, each with the silence that the onnx engine leaves behind it.</summary>
    public static int Positions(IEnumerable<Recording> recordings) =>
        (int)Math.Ceiling((recordings.Max(recording => recording.Duration.TotalSeconds) + new OnnxWhisperOptions().TrimMargin) * PositionsPerSecond);

    /// <summary>Whisper.net with so many processors of so many threads.</summary>
    public static Candidate OfWhisperNet(int processors, int threads, bool flashAttention = true, int positions = 0) => new(
        $"whisper.net, {processors} x {threads} thread{(threads == 1 ? "" : "s")}{(flashAttention ? "" : ", without flash attention")}{(positions == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", encoder cut to {positions / PositionsPerSecond:0.0} s"))}",
        WhisperNet, new Dictionary<string, string>
        {
            ["Processors"] = $"{processors}",
            ["Threads"] = $"{threads}",
            ["MaxFallbacks"] = "0",
            ["FlashAttention"] = $"{flashAttention}",
            ["AudioContext"] = $"{positions}",
        }, positions > 0);

    /// <summary>What may win with so many threads in all: one for each processor, or all for one.</summary>
    public static IEnumerable<Candidate> OfWhisperNet(int threads, int positions = 0) =>
        threads == 1 ? [OfWhisperNet(1, 1, positions: positions)] : [OfWhisperNet(threads, 1, positions: positions), OfWhisperNet(1, threads, positions: positions)];
}
