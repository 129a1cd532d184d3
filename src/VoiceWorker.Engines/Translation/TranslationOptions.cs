using System.ComponentModel.DataAnnotations;
using VoiceWorker.Core.Configuration;

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

    /// <summary>
    /// The most words of a text, each punctuation mark counted as one: what an engine takes for a text grows with them.
    /// 64 KB of prose have some 13,000. Default 20000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxWords { get; set; } = 20_000;
}
