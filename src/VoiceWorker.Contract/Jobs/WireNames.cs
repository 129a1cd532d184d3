using System.Text.Json;

namespace VoiceWorker.Contract.Jobs;

/// <summary>Names of the closed lists on the wire and in metrics, in snake case.</summary>
public static class WireNames
{
    private static readonly string[] Stages = [.. Enum.GetNames<Stage>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
    private static readonly string[] Codes = [.. Enum.GetNames<ErrorCode>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    /// <summary>A stage as label value, span name and wire name: <c>transcribe</c>.</summary>
    public static string Of(Stage stage) => Stages[(int)stage];

    /// <summary>An error code as label value and wire name: <c>unsupported_audio</c>.</summary>
    public static string Of(ErrorCode code) => Codes[(int)code];

    /// <summary>How a job ended, as label value: <c>dead_lettered</c>.</summary>
    public static string Of(Settlement settlement) => settlement switch
    {
        Settlement.Done => "done",
        Settlement.Cancelled => "cancelled",
        Settlement.RetryLater => "retried",
        Settlement.DeadLetter => "dead_lettered",
        _ => "returned",
    };
}
