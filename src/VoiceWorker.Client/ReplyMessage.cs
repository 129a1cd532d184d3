using System.Text.Json;

namespace VoiceWorker.Client;

/// <summary>A reply as a producer reads it.</summary>
/// <param name="Type"><c>translation_complete</c>, <c>error</c> or the name of a progress message.</param>
/// <param name="Data">What the reply is about.</param>
/// <param name="Message">An error in human words.</param>
/// <param name="Code">An error's code.</param>
/// <param name="Stage">Where the job failed.</param>
public sealed record ReplyMessage(string Type, ReplyData? Data, string? Message = null, string? Code = null, string? Stage = null)
{
    /// <summary>The job is done.</summary>
    public bool IsTranslation => Type == "translation_complete";

    /// <summary>No further reply follows.</summary>
    public bool IsLast => IsTranslation || Type == "error";

    /// <summary>Reads a reply's body.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static ReplyMessage Read(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, ClientJson.Default.ReplyMessage) ?? throw new JsonException("The reply is null.");

    /// <summary>A progress message in a few words.</summary>
    public string Describe() => this switch
    {
        { Type: "processing_started" } => "taken",
        { Type: "stt_result" } => $"heard: {Data?.OriginalText}",
        { Type: "translation_result" } => $"translated: {Data?.TranslatedText}",
        { IsTranslation: true } => "done",
        { Type: "error" } => $"failed: {Message}",
        _ => (Data?.Stage ?? Type).Replace('_', ' '),
    };
}
