using System.Text.Json;
using VoiceWorker.Contract.Replies;

namespace VoiceWorker.Client;

/// <summary>A job as a producer words it; the property names are the wire's in Pascal case.</summary>
public sealed record ProducerJob
{
    /// <summary>What to translate; null when the job is audio.</summary>
    public string? Text { get; init; }

    /// <summary>The language of the text or the speech, ISO 639-1 or BCP 47; empty to detect it.</summary>
    public required string SourceLang { get; init; }

    /// <summary>The language to translate into.</summary>
    public required string TargetLang { get; init; }

    /// <summary>A voice of the text-to-speech engine.</summary>
    public string? Voice { get; init; }

    /// <summary>A speech model of the worker's configuration.</summary>
    public string? Model { get; init; }

    /// <summary>Sender id, if known.</summary>
    public string? SenderId { get; init; }

    /// <summary>The media type of the reply's speech, or a short name such as <c>mp3</c>.</summary>
    public required string AudioFormat { get; init; }

    /// <summary>Whether progress events are wanted.</summary>
    public bool Progress { get; init; }

    /// <summary>Whether speech of the original text is wanted, too.</summary>
    public bool IncludeOriginalAudio { get; init; }

    /// <summary>The audio file's bytes, which JSON carries as base64; null when the body is the audio.</summary>
    public byte[]? AudioData { get; init; }

    /// <summary>The contract's first form: everything in one JSON object.</summary>
    /// <param name="name">What the user calls it.</param>
    public JobMessage ToJson(string name) =>
        new(name, ReplyWriter.ContentType, JsonSerializer.SerializeToUtf8Bytes(this, ClientJson.Default.ProducerJob), new Dictionary<string, object?>());

    /// <summary>The contract's second form: the audio is the body, everything else is a header.</summary>
    /// <param name="name">What the user calls it.</param>
    /// <param name="mediaType">The audio's media type.</param>
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
