using System.Text.RegularExpressions;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Texts;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Engines.EspeakNg;

/// <summary>
/// Chooses the voice: the job's, else the sender's, else the language's. A voice of another language would garble the
/// text, so only its variant (<c>+f3</c>) is kept, on the language's own voice. A configured voice that is not installed
/// is no job's fault: it is passed over, and <c>doctor</c> names it.
/// </summary>
/// <param name="options">The configured voices.</param>
/// <param name="voices">The installed voices.</param>
internal sealed partial class VoiceSelector(EspeakNgOptions options, EspeakVoices voices)
{
    /// <summary>The voice in espeak-ng's spelling: <c>en-us</c>, <c>es+f3</c>.</summary>
    /// <exception cref="EngineException">No such voice, or none for the language.</exception>
    public string Select(string language, string? voice, string? senderId)
    {
        var choice = !string.IsNullOrEmpty(voice) ? Parse(voice) ?? throw UnknownVoice(voice)
            : senderId is not null && options.SenderVoices.GetValueOrDefault(senderId) is { } own ? Parse(own)
            : null;
        if (choice is not var (wanted, variant))
            return OfLanguage(language).Name;

        var speaker = wanted is not null && Speaks(wanted, language) ? wanted : OfLanguage(language);
        return speaker.Name + variant;
    }

    /// <summary>Configured voices that are not installed.</summary>
    public IReadOnlyList<string> MissingVoices() =>
        options.LanguageVoices.Values.Concat(options.SenderVoices.Values).Where(name => Parse(name) is null).Distinct().ToList();

    // A voice (null to keep the language's own) and "+variant" or nothing, in espeak-ng's spelling; null if unknown.
    private (EspeakVoice? Voice, string Variant)? Parse(string wish)
    {
        var match = VoiceName.Match(wish);
        var (name, variant) = (match.Groups["voice"].Value, match.Groups["variant"].Value);
        if (!match.Success || (name.Length > 0 && voices.Find(name) is null) || (variant.Length > 0 && voices.FindVariant(variant) is null))
            return null;

        return (voices.Find(name), variant.Length > 0 ? $"+{voices.FindVariant(variant)}" : "");
    }

    // es-419 has a voice of its own, es-MX has that of es.
    private EspeakVoice OfLanguage(string language) =>
        Find(language) ?? Find(Plain(language)) ?? voices.Find(language) ?? voices.Find(Plain(language)) ?? throw EngineException.BadJob(
            ErrorCode.UnsupportedLanguage, $"espeak-ng has no voice for the language '{Shown(language)}'; it has {string.Join(", ", voices.Names)}.");

    private EspeakVoice? Find(string language) => voices.Find(options.LanguageVoices.GetValueOrDefault(language, language));

    private static string Plain(string language) => LanguageTag.TryParse(language, out var tag) ? tag.Language : language;

    private bool Speaks(EspeakVoice voice, string language) => IsOf(voice, Plain(language));

    private bool IsOf(EspeakVoice voice, string language) =>
        voice.Languages.Contains(language, StringComparer.OrdinalIgnoreCase)
        || (options.LanguageVoices.TryGetValue(language, out var name) && voices.Find(name) is { } own && own.Languages[0] == voice.Languages[0]);

    private static EngineException UnknownVoice(string wish) => EngineException.BadJob(
        ErrorCode.UnsupportedOption,
        $"There is no voice '{Shown(wish)}'; examples are en-us, en-gb-scotland, es-419, es+f3 or, for the language's own voice in another pitch, +f3 (espeak-ng --voices lists them all).");

    private static string Shown(string name) =>
        string.Concat(name.Take(40).Select(c => char.IsControl(c) ? '?' : c));

    [GeneratedRegex(@"^(?<voice>[A-Za-z0-9_-]{0,40})(\+(?<variant>[A-Za-z0-9_-]{1,40}))?\z")]
    private static partial Regex VoiceName { get; }
}
