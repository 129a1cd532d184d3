using System.ComponentModel.DataAnnotations;

namespace VoiceWorker.Engines.Translation;

/// <summary>The section <c>Translation:Cache</c>.</summary>
public sealed class TranslationCacheOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Translation:Cache";

    /// <summary>Whether translations are remembered. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How many bytes of translated text (UTF-8) are kept; bookkeeping, some 400 bytes an entry, comes on top. Default 2 MiB.</summary>
    [Range(1024, 1 << 30)]
    public int MaxBytes { get; set; } = 2 << 20;

    /// <summary>How long a translation is good. Default 6 hours.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromHours(6);

    /// <summary>Longer texts are not kept: they hardly ever come twice. In UTF-16 characters, default 500.</summary>
    [Range(1, 100_000)]
    public int MaxTextLength { get; set; } = 500;
}
