using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Whisper;

namespace VoiceWorker.WhisperNet;

/// <summary>Which languages may be spoken: those of the model, cut down to the allowed ones.</summary>
public sealed class ModelLanguages
{
    private readonly string[] _served;

    /// <summary>Brings together what the model knows and what is allowed.</summary>
    /// <param name="tokens">The model's tokens.</param>
    /// <param name="allowed">Language codes from the options; none for all that the model knows.</param>
    /// <exception cref="EngineException">A language is allowed that the model does not know.</exception>
    public ModelLanguages(WhisperTokens tokens, IEnumerable<string> allowed)
    {
        string[] known = tokens.IsMultilingual ? WhisperLanguages.Of(tokens.Languages).ToArray() : ["en"];
        _served = [.. allowed.Select(Canonical).Distinct()];
        var strangers = _served.Except(known).ToArray();
        if (strangers.Length > 0)
            throw new EngineException(FailureKind.EngineDown, ErrorCode.EngineUnavailable,
                $"the model does not know {string.Join(", ", strangers)} of the allowed languages; it knows {string.Join(", ", known.Order())}");
        if (_served.Length == 0)
            _served = known;
    }

    /// <summary>The languages among which detection chooses.</summary>
    public ReadOnlySpan<string> Served => _served;

    /// <summary>The language when there is only one; null when it has to be detected.</summary>
    public string? Only => _served is [var only] ? only : null;

    /// <summary>Whisper's code of a job's language.</summary>
    /// <param name="language">As the job has it; null to detect it.</param>
    /// <returns>The code; null when the language has to be detected.</returns>
    /// <exception cref="EngineException">The job's language is not served: <see cref="ErrorCode.UnsupportedLanguage"/>.</exception>
    public string? Resolve(string? language)
    {
        if (language is null)
            return Only;
        var code = Canonical(language);
        return _served.Contains(code)
            ? code
            : throw EngineException.BadJob(ErrorCode.UnsupportedLanguage,
                $"speech in '{language}' cannot be recognised here; served are {string.Join(", ", _served.Order())}");
    }

    private static string Canonical(string code) =>
        WhisperLanguages.IndexOf(code) is >= 0 and var index ? WhisperLanguages.Of(index + 1)[index] : code;
}
