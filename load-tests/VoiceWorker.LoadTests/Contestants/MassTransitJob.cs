using System.Text.Json.Serialization;

namespace VoiceWorker.LoadTests.Contestants;

/// <summary>The job as a MassTransit message; the names are the wire contract's.</summary>
public sealed record MassTransitJob
{
    [JsonPropertyName("audio_data")]
    public string? AudioData { get; init; }

    [JsonPropertyName("text")]
    public string? Text { get; init; }

    [JsonPropertyName("source_lang")]
    public string? SourceLanguage { get; init; }

    [JsonPropertyName("target_lang")]
    public string TargetLanguage { get; init; } = "";
}
