using System.ComponentModel.DataAnnotations;

namespace VoiceWorker.Engines.EspeakNg;

/// <summary>Speech synthesis by espeak-ng. Section <c>Tts:EspeakNg</c>.</summary>
public sealed class EspeakNgOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Tts:EspeakNg";

    /// <summary>The espeak-ng program: a path, or a name to find in PATH.</summary>
    [Required]
    public string Path { get; set; } = "espeak-ng";

    /// <summary>Speed in words a minute.</summary>
    [Range(80, 450)]
    public int WordsPerMinute { get; set; } = 160;

    /// <summary>
    /// Voice by language (ISO 639-1 code). A language that is not here is spoken by the voice of the same name, if
    /// there is one.
    /// </summary>
    public Dictionary<string, string> LanguageVoices { get; init; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = "en-us",
        ["es"] = "es",
        ["fr"] = "fr-fr",
        ["no"] = "nb",
        ["pt"] = "pt-br",
        ["zh"] = "cmn",
    };

    /// <summary>Voice by sender. A variant alone (<c>+f3</c>) changes the language's own voice.</summary>
    public Dictionary<string, string> SenderVoices { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The longest text, in characters.</summary>
    [Range(1, 100_000)]
    public int MaxTextLength { get; set; } = 5_000;

    /// <summary>The longest speech that is accepted from the synthesizer.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Wall-clock limit of one espeak-ng process; it is killed when it has passed. Keep it below the stage's time-out.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ProcessTimeout { get; set; } = TimeSpan.FromSeconds(20);
}
