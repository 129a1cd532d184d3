using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Whisper;

namespace VoiceWorker.Engines.Whisper;

/// <summary>The languages that a model knows and the options allow.</summary>
internal sealed class LanguageChoice
{
    /// <summary>Works them out.</summary>
    /// <param name="tokens">The model's.</param>
    /// <param name="allowed">The options'; empty for all.</param>
    /// <exception cref="EngineException">The options name a language that the model does not know.</exception>
    public LanguageChoice(WhisperTokens tokens, IEnumerable<string> allowed)
    {
        string[] known = tokens.IsMultilingual ? WhisperLanguages.Of(tokens.Languages).ToArray() : ["en"];
        Allowed = [.. allowed.Select(Canonical).Distinct()];
        if (Allowed.Count == 0)
            Allowed = known;
        var unknown = Allowed.Except(known).ToList();
        if (unknown.Count > 0)
            throw new EngineException(FailureKind.EngineDown, ErrorCode.EngineUnavailable, $"{OnnxWhisperOptions.Section}:{nameof(OnnxWhisperOptions.Languages)} names languages that the model does not know: {string.Join(", ", unknown)}; it knows {string.Join(", ", known)}");
    }

    /// <summary>Codes, at least one.</summary>
    public IReadOnlyList<string> Allowed { get; }

    /// <summary>What a recording without speech is said to be in.</summary>
    public string Default => Allowed[0];

    /// <summary>Checks what a job asks for.</summary>
    /// <returns>The code as the model knows it; null for detection.</returns>
    /// <exception cref="EngineException">The language is not among those allowed.</exception>
    public string? Check(string? language)
    {
        if (language is null)
            return null;
        var code = Canonical(language);
        return Allowed.Contains(code)
            ? code
            : throw EngineException.BadJob(ErrorCode.UnsupportedLanguage, $"speech recognition does not know the language '{language}'; it knows {string.Join(", ", Allowed)}");
    }

    private static string Canonical(string code) => WhisperLanguages.IndexOf(code) is >= 0 and var index ? WhisperLanguages.Of(index + 1)[index] : code;
}
