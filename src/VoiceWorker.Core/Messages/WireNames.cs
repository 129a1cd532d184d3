using System.Text.Json;

namespace VoiceWorker.Core.Messages;

/// <summary>How the closed lists are written on the wire, in metric labels and in headers: <c>unsupported_audio</c>, <c>decode</c>.</summary>
public static class WireNames
{
    private static readonly string[] ErrorCodes = SnakeCase<ErrorCode>();
    private static readonly string[] Stages = SnakeCase<Stage>();

    /// <summary>The name of an error code.</summary>
    public static string WireName(this ErrorCode code) => ErrorCodes[(int)code];

    /// <summary>The name of a stage.</summary>
    public static string WireName(this Stage stage) => Stages[(int)stage];

    private static string[] SnakeCase<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
}
