using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Whisper.Tokens;

/// <summary>The languages that a model knows and the options allow.</summary>
public sealed class LanguageChoice
{
    private readonly string[] _allowed;

    /// <summary>Works them out.</summary>
    /// <param name="tokens">The model's.</param>
    /// <param name="allowed">The options'; empty for all.</param>
    /// <exception cref="EngineException">The options allow a language that the model does not know: the engine cannot work.</exception>
    public LanguageChoice(WhisperTokens tokens, IEnumerable<string> allowed)
    {
        string[] known = tokens.IsMultilingual ? WhisperLanguages.Of(tokens.Languages).ToArray() : ["en"];
        _allowed = [.. allowed.Select(Canonical).Distinct()];
        if (_allowed.Length == 0)
            _allowed = known;
        var unknown = _allowed.Except(known).ToArray();
        if (unknown.Length > 0)
            throw new EngineException(FailureKind.EngineDown, ErrorCode.EngineUnavailable,
                $"the allowed languages name some that the model does not know: {string.Join(", ", unknown)}; it knows {string.Join(", ", known)}");
    }

    /// <summary>Codes, at least one.</summary>
    public IReadOnlyList<string> Allowed => _allowed;

    /// <summary>What a recording without speech is said to be in.</summary>
    public string Default => _allowed[0];

    /// <summary>The language when there is but one; null when it has to be detected.</summary>
    public string? Only => _allowed is [var only] ? only : null;

    /// <summary>Checks what a job asks for.</summary>
    /// <returns>The code as the model knows it; null for detection.</returns>
    /// <exception cref="EngineException">The language is not among those allowed.</exception>
    public string? Check(string? language)
    {
        if (language is null)
            return null;
        var code = Canonical(language);
        return _allowed.Contains(code)
            ? code
            : throw EngineException.BadJob(ErrorCode.UnsupportedLanguage, $"speech recognition does not know the language '{language}'; it knows {string.Join(", ", _allowed)}");
    }

    private static string Canonical(string code) => WhisperLanguages.IndexOf(code) is >= 0 and var index ? WhisperLanguages.Of(index + 1)[index] : code;
}
