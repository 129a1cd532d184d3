using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceWorker.Host.Cli.Dead;
using VoiceWorker.Host.Cli.Jobs;

namespace VoiceWorker.Host.Cli;

/// <summary>Lines of JSON that the commands read and write.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JobLine))]
[JsonSerializable(typeof(JobOutcomeLine))]
[JsonSerializable(typeof(DeadLetterLine))]
internal sealed partial class WireJson : JsonSerializerContext
{
    /// <summary>The same for eyes: letters of every alphabet stay as they are.</summary>
    public static WireJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
