namespace VoiceWorker.Client;

/// <summary>The <c>data</c> of a reply; what a reply lacks is null.</summary>
public sealed record ReplyData
{
    /// <summary>The job's id.</summary>
    public string? MessageId { get; init; }

    /// <summary>Where a job in progress is.</summary>
    public string? Stage { get; init; }

    /// <summary>What was said, or the text as it was sent.</summary>
    public string? OriginalText { get; init; }

    /// <summary>The translation.</summary>
    public string? TranslatedText { get; init; }

    /// <summary>ISO 639-1 code of the source language, as given or as detected.</summary>
    public string? SourceLang { get; init; }

    /// <summary>The target language.</summary>
    public string? TargetLang { get; init; }

    /// <summary>The speech's media type.</summary>
    public string? ContentType { get; init; }

    /// <summary>There is no speech: the reader has to speak the translation himself.</summary>
    public bool NeedsFallback { get; init; }

    /// <summary>The voice that spoke.</summary>
    public string? VoiceUsed { get; init; }

    /// <summary>The speech as a <c>data:</c> URL (RFC 2397).</summary>
    public string? AudioUrl { get; init; }

    /// <summary>The same when speech of the original text was wanted too.</summary>
    public string? AudioUrlTranslated { get; init; }

    /// <summary>Speech of the original text.</summary>
    public string? AudioUrlOriginal { get; init; }

    /// <summary>Seconds each stage worked.</summary>
    public IReadOnlyDictionary<string, double> Timings { get; init; } = new Dictionary<string, double>();
}
