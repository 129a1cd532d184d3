using VoiceWorker.Engines.Whisper.Network;

namespace VoiceWorker.Engines.Whisper.Scheduling;

/// <summary>A text in the making. Used by the scheduler's thread alone, but for <see cref="Completion"/>.</summary>
internal sealed class ActiveText(EncodedWindow window, ITextWriter writer, Func<TextMemory> createMemory, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<(TextMemory Memory, int Token)> _branches = [(createMemory(), 0)];
    private int _promptRead;

    /// <summary>Ends when the writer is finished, or with what went wrong.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Whether the caller does not want it any more.</summary>
    public bool IsCancelled => cancellationToken.IsCancellationRequested;

    /// <summary>Whether it is of a recording's first window.</summary>
    public bool OfFirstWindow => window.IsFirst;

    /// <summary>Rows that it needs of a step at least.</summary>
    public int LeastRows => _branches.Count;

    /// <summary>Adds what is to be read next: a part of the prompt, or the tokens chosen last.</summary>
    /// <param name="step">The step.</param>
    /// <param name="most">Rows that may be added; at least <see cref="LeastRows"/>.</param>
    public void Join(DecoderStep step, int most)
    {
        var prompt = writer.Prompt;
        if (_promptRead == prompt.Count)
            step.Add(this, [.. _branches.Select(branch => Row(branch.Memory, branch.Token, wantsLogits: true))], endsPrompt: true);

        for (; _promptRead < prompt.Count && most > 0; _promptRead++, most--)
        {
            var (isLast, isObserved) = (_promptRead == prompt.Count - 1, writer.Observes(_promptRead));
            step.Add(this, [Row(_branches[0].Memory, prompt[_promptRead], isLast || isObserved)], isLast);
        }
    }

    /// <summary>Takes the logits of rows that wanted them.</summary>
    /// <param name="logits">One for each token, for each row.</param>
    /// <param name="endsPrompt">Whether a token is to be chosen.</param>
    /// <returns>Whether the text goes on.</returns>
    public bool Take(Span<float> logits, bool endsPrompt)
    {
        if (!endsPrompt)
        {
            writer.Observe(logits);
            return true;
        }

        var next = writer.Next(logits);
        if (next.Count == 0)
            return false;
        Follow(next);
        return true;
    }

    /// <summary>Ends the text.</summary>
    /// <param name="exception">What went wrong; null when it is finished.</param>
    public void End(Exception? exception = null)
    {
        _branches.ForEach(branch => branch.Memory.Dispose());
        if (exception is not null)
            _completion.TrySetException(exception);
        else if (IsCancelled)
            _completion.TrySetCanceled(cancellationToken);
        else
            _completion.TrySetResult();
    }

    // The last branch that continues another takes over its memory, the ones before get copies.
    private void Follow(IReadOnlyList<Branch> next)
    {
        var branches = new List<(TextMemory, int)>(next.Count);
        for (var i = 0; i < next.Count; i++)
        {
            var (memory, isContinuedAgain) = (_branches[next[i].Parent].Memory, next.Skip(i + 1).Any(later => later.Parent == next[i].Parent));
            branches.Add((isContinuedAgain ? Copy(memory) : memory, next[i].Token));
        }

        for (var parent = 0; parent < _branches.Count; parent++)
        {
            if (!next.Any(branch => branch.Parent == parent))
                _branches[parent].Memory.Dispose();
        }

        _branches = branches;
    }

    private TextMemory Copy(TextMemory memory)
    {
        var copy = createMemory();
        copy.CopyFrom(memory);
        return copy;
    }

    private DecoderRow Row(TextMemory memory, int token, bool wantsLogits) => new(window.Audio, memory, token, wantsLogits, writer.Trace);
}
