using VoiceWorker.Whisper.Onnx.Scheduling;

namespace VoiceWorker.Whisper.Onnx.Decoding;

/// <summary>Finds the likeliest language of a window: what the model would write behind the start of a transcript.</summary>
/// <param name="startOfTranscript">The token.</param>
/// <param name="candidates">The tokens of the languages to choose from, by code.</param>
internal sealed class LanguageDetector(int startOfTranscript, IReadOnlyList<(string Code, int Token)> candidates) : ITextWriter
{
    /// <inheritdoc/>
    public IReadOnlyList<int> Prompt { get; } = [startOfTranscript];

    /// <summary>The code of the language, once <see cref="Next"/> has been called.</summary>
    public string Language { get; private set; } = "";

    /// <inheritdoc/>
    public bool Observes(int promptIndex) => false;

    /// <inheritdoc/>
    public void Observe(ReadOnlySpan<float> logits)
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<Branch> Next(Span<float> logits)
    {
        var best = float.NegativeInfinity;
        foreach (var (code, token) in candidates)
        {
            if (logits[token] > best)
                (best, Language) = (logits[token], code);
        }

        return [];
    }
}
