namespace VoiceWorker.Engines.Translation;

/// <summary>The section <c>Translation</c>.</summary>
public sealed class TranslationOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Translation";

    /// <summary>
    /// What translates: <c>apertium</c> (default), <c>libretranslate</c> or <c>openai</c>; each has a section of its own
    /// below this one. Several with commas between them are tried in that order: <c>openai,apertium</c>.
    /// </summary>
    [EngineNames("apertium", "libretranslate", "openai")]
    public string Engine { get; set; } = "apertium";
}
