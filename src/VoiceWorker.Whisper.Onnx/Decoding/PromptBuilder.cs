using VoiceWorker.Whisper.Tokens;

namespace VoiceWorker.Whisper.Onnx.Decoding;

/// <summary>Puts together what the decoder reads before it writes, and remembers what was written in earlier windows.</summary>
internal sealed class PromptBuilder(WhisperTokens tokens, int textContext, IReadOnlyList<int> initialPrompt)
{
    private const int FramesWithoutPast = 500;
    private const float HighestTemperatureWithPast = 0.5f;
    private readonly List<int> _past = [.. initialPrompt];

    /// <summary>Tokens that one window may get at most.</summary>
    public int MaxTokens => (textContext / 2) - 4;

    /// <summary>What every text begins with: that it begins, its language, and that this is to be written.</summary>
    /// <param name="tokens">The model's special tokens.</param>
    /// <param name="language">ISO 639-1 code.</param>
    public static IReadOnlyList<int> Task(WhisperTokens tokens, string language) => tokens.IsMultilingual
        ? [tokens.StartOfTranscript, tokens.Language(WhisperLanguages.IndexOf(language)), tokens.Transcribe]
        : [tokens.StartOfTranscript];

    /// <summary>The prompt of a window.</summary>
    /// <param name="language">ISO 639-1 code.</param>
    /// <param name="temperature">Improbable texts are written again without the past.</param>
    public IReadOnlyList<int> Build(string language, float temperature)
    {
        var past = temperature < HighestTemperatureWithPast ? _past.Skip(_past.Count - ((textContext / 2) - 1)) : [];
        var task = Task(tokens, language);
        return past.Any() ? [tokens.Previous, .. past, .. task] : task;
    }

    /// <summary>Remembers a window's tokens.</summary>
    /// <param name="written">The tokens.</param>
    /// <param name="temperature">What they were written with; a doubtful text's past is forgotten.</param>
    public void Add(IEnumerable<Token> written, float temperature)
    {
        if (temperature >= HighestTemperatureWithPast)
            _past.Clear();
        _past.AddRange(written.Select(token => token.Id));
    }

    /// <summary>Forgets the past for a short last window, which the model would fill with it.</summary>
    /// <param name="isFirst">Whether nothing was written yet: then the past is the initial prompt.</param>
    /// <param name="frames">What is left, this window included.</param>
    public void BeginWindow(bool isFirst, int frames)
    {
        if (!isFirst && frames <= FramesWithoutPast)
            _past.Clear();
    }
}
