using VoiceWorker.Engines.Whisper.Network;

namespace VoiceWorker.Engines.Whisper.Scheduling;

/// <summary>A text in the making. Used by the scheduler's thread alone, but for <see cref="Completion"/>.</summary>
internal sealed class ActiveText(EncodedWindow window, ITextWriter writer, TextMemory memory, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _promptRead;
    private int _token;

    /// <summary>Ends when the writer is finished, or with what went wrong.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Whether the caller does not want it any more.</summary>
    public bool IsCancelled => cancellationToken.IsCancellationRequested;

    /// <summary>Adds what is to be read next: a part of the prompt, or the token chosen last.</summary>
    /// <param name="step">The step.</param>
    /// <param name="most">Rows that may be added; at least one.</param>
    public void Join(DecoderStep step, int most)
    {
        var prompt = writer.Prompt;
        if (_promptRead == prompt.Count)
            step.Add(this, Row(_token, wantsLogits: true), endsPrompt: true);

        for (; _promptRead < prompt.Count && most > 0; _promptRead++, most--)
        {
            var (isLast, isObserved) = (_promptRead == prompt.Count - 1, writer.Observes(_promptRead));
            step.Add(this, Row(prompt[_promptRead], isLast || isObserved), isLast);
        }
    }

    /// <summary>Takes the logits of a row that wanted them.</summary>
    /// <param name="logits">One for each token.</param>
    /// <param name="endsPrompt">Whether a token is to be chosen.</param>
    /// <returns>Whether the text goes on.</returns>
    public bool Take(Span<float> logits, bool endsPrompt)
    {
        if (!endsPrompt)
        {
            writer.Observe(logits);
            return true;
        }

        if (writer.Next(logits) is not { } token)
            return false;
        _token = token;
        return true;
    }

    /// <summary>Ends the text.</summary>
    /// <param name="exception">What went wrong; null when it is finished.</param>
    public void End(Exception? exception = null)
    {
        memory.Dispose();
        if (exception is not null)
            _completion.TrySetException(exception);
        else if (IsCancelled)
            _completion.TrySetCanceled(cancellationToken);
        else
            _completion.TrySetResult();
    }

    private DecoderRow Row(int token, bool wantsLogits) => new(window.Audio, memory, token, wantsLogits);
}
