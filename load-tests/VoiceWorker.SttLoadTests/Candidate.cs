namespace VoiceWorker.SttLoadTests;

/// <summary>An engine with settings that is to be measured.</summary>
/// <param name="Name">As the report names it.</param>
/// <param name="Engine"><c>onnx</c> or <c>whisper.net</c>.</param>
/// <param name="Settings">Keys below the engine's section.</param>
internal sealed record Candidate(string Name, string Engine, IReadOnlyDictionary<string, string> Settings)
{
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
        });

    /// <summary>Whisper.net with so many processors of so many threads.</summary>
    public static Candidate OfWhisperNet(int processors, int threads, bool flashAttention = true) => new(
        $"whisper.net, {processors} x {threads} thread{(threads == 1 ? "" : "s")}{(flashAttention ? "" : ", without flash attention")}", WhisperNet, new Dictionary<string, string>
        {
            ["Processors"] = $"{processors}",
            ["Threads"] = $"{threads}",
            ["MaxFallbacks"] = "0",
            ["FlashAttention"] = $"{flashAttention}",
        });

    /// <summary>What may win with so many threads in all: one for each processor, or all for one.</summary>
    public static IEnumerable<Candidate> OfWhisperNet(int threads) =>
        threads == 1 ? [OfWhisperNet(1, 1)] : [OfWhisperNet(threads, 1), OfWhisperNet(1, threads)];
}
