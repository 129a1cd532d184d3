using System.Text.Json;
using VoiceWorker.Core.Messages;

namespace VoiceWorker.Core.Telemetry;

/// <summary>Label values of the closed lists, in snake case.</summary>
public static class MetricNames
{
    private static readonly string[] Stages = [.. Enum.GetNames<Stage>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
    private static readonly string[] Codes = [.. Enum.GetNames<ErrorCode>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    /// <summary>A stage as label value, span name and wire name: <c>transcribe</c>.</summary>
    public static string Of(Stage stage) => Stages[(int)stage];

    /// <summary>An error code as label value and wire name: <c>unsupported_audio</c>.</summary>
    public static string Of(ErrorCode code) => Codes[(int)code];
}
