using VoiceWorker.Contract.Texts;

namespace VoiceWorker.Engines.Translation;

/// <summary>The English names of languages, as models were trained on them.</summary>
internal static class LanguageNames
{
    /// <summary>The English name of a language, with its tag where that says more; a description where it has no name.</summary>
    /// <param name="language">ISO 639-1 code or BCP 47 tag.</param>
    public static string Of(string language) =>
        !LanguageTag.TryParse(language, out var tag) || Languages.NameOf(tag.Language) is not { } name ? $"the language with the code {language}"
        : tag.HasVariant ? $"{name} ({tag})"
        : name;

    /// <summary>The code of a language that a server names in English (<c>english</c>) or by its code.</summary>
    /// <returns>ISO 639-1 code in lower case; null for an unknown name.</returns>
    public static string? CodeOf(string? nameOrCode) =>
        LanguageTag.TryParse(nameOrCode, out var tag) && Languages.NameOf(tag.Language) is not null ? tag.Language : null;
}
