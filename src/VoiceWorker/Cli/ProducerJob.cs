using System.Text.Json;
using VoiceWorker.Core.Messages;

namespace VoiceWorker.Host.Cli;

/// <summary>A job as a producer words it; the property names are the wire's in Pascal case.</summary>
internal sealed record ProducerJob
{
    public string? Text { get; init; }

    public required string SourceLang { get; init; }

    public required string TargetLang { get; init; }

    public string? Voice { get; init; }

    public string? Model { get; init; }

    public string? SenderId { get; init; }

    public required string AudioFormat { get; init; }

    public bool Progress { get; init; }

    public bool IncludeOriginalAudio { get; init; }

    /// <summary>The audio file's bytes, which JSON carries as base64; null when the body is the audio.</summary>
    public byte[]? AudioData { get; init; }

    /// <summary>The contract's first form: everything in one JSON object.</summary>
    public JobMessage ToJson(string name) =>
        new(name, ReplyWriter.ContentType, JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Default.ProducerJob), new Dictionary<string, object?>());

    /// <summary>The contract's second form: the audio is the body, everything else is a header.</summary>
    public JobMessage ToRaw(string name, string mediaType)
    {
        var headers = new Dictionary<string, object?>
        {
            ["source_lang"] = SourceLang,
            ["target_lang"] = TargetLang,
            ["audio_format"] = AudioFormat,
            ["progress"] = Progress,
            ["include_original_audio"] = IncludeOriginalAudio,
        };
        if (Voice is not null)
            headers["voice"] = Voice;
        if (Model is not null)
            headers["model"] = Model;
        if (SenderId is not null)
            headers["sender_id"] = SenderId;
        return new(name, mediaType, AudioData, headers);
    }
}
