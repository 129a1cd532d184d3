using System.Text.Json;

namespace VoiceWorker.LoadTests.Load;

/// <summary>What a reply tells of its job.</summary>
internal static class ReplyTimes
{
    /// <summary>The stages that a reply has timings of.</summary>
    public static IReadOnlyList<string> Stages { get; } = ["decode", "transcribe", "translate", "synthesize", "encode"];

    /// <summary>Reads a reply into its job's record.</summary>
    public static void Read(ReadOnlyMemory<byte> body, JobRecord record)
    {
        try
        {
            using var reply = JsonDocument.Parse(body);
            // The raw client sends the job back, which has no type.
            record.Succeeded = !(reply.RootElement.TryGetProperty("type", out var type) && type.ValueEquals("error"u8));
            if (reply.RootElement.TryGetProperty("data", out var data) && data.TryGetProperty("timings", out var timings))
                record.StageSeconds = [.. Stages.Select(stage => timings.TryGetProperty(stage, out var seconds) ? seconds.GetDouble() : 0)];
        }
        catch (JsonException)
        {
            record.Succeeded = false;
        }
    }
}
