namespace VoiceWorker.Host.Cli;

/// <summary>The <c>data</c> of a reply; what a reply lacks is null.</summary>
internal sealed record ReplyData
{
    public string? MessageId { get; init; }

    /// <summary>Where a job in progress is.</summary>
    public string? Stage { get; init; }

    public string? OriginalText { get; init; }

    public string? TranslatedText { get; init; }

    public string? SourceLang { get; init; }

    public string? TargetLang { get; init; }

    public string? ContentType { get; init; }

    public bool NeedsFallback { get; init; }

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
