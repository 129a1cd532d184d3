namespace VoiceWorker.Engines.Whisper.Scheduling;

/// <summary>Decides, token by token, what is written for one window of sound. Called by the scheduler, one call at a time.</summary>
internal interface ITextWriter
{
    /// <summary>The tokens to begin with; at least one.</summary>
    IReadOnlyList<int> Prompt { get; }

    /// <summary>Whether the logits behind a token of the prompt are asked for besides those behind the last one.</summary>
    bool Observes(int promptIndex);

    /// <summary>Sees the logits behind a token of the prompt for which <see cref="Observes"/> is true.</summary>
    void Observe(ReadOnlySpan<float> logits);

    /// <summary>Chooses the token that follows the last one.</summary>
    /// <param name="logits">One for each token of the vocabulary, to be worked on in place.</param>
    /// <returns>The token, or null when the text is finished.</returns>
    int? Next(Span<float> logits);
}
