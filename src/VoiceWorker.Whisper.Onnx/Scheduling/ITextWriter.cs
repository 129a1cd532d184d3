using VoiceWorker.Whisper.Onnx.Network;

namespace VoiceWorker.Whisper.Onnx.Scheduling;

/// <summary>Decides, token by token, what is written for one window of sound. Called by the scheduler, one call at a time.</summary>
internal interface ITextWriter
{
    /// <summary>The tokens to begin with; at least one.</summary>
    IReadOnlyList<int> Prompt { get; }

    /// <summary>Takes down what the prompt's tokens listen to; null for nobody.</summary>
    AttentionTrace? Trace => null;

    /// <summary>Whether the logits behind a token of the prompt are asked for besides those behind the last one.</summary>
    bool Observes(int promptIndex);

    /// <summary>Sees the logits behind a token of the prompt for which <see cref="Observes"/> is true.</summary>
    void Observe(ReadOnlySpan<float> logits);

    /// <summary>Chooses how the text goes on: with one token, or in several branches at once.</summary>
    /// <param name="logits">One for each token of the vocabulary, for each branch that was returned last (one after the prompt), to be worked on in place.</param>
    /// <returns>As many as the network has rows for; none when the text is finished.</returns>
    IReadOnlyList<Branch> Next(Span<float> logits);
}
