using System.Diagnostics.CodeAnalysis;
using VoiceWorker.Whisper.Onnx.Network;

namespace VoiceWorker.Whisper.Onnx.Scheduling;

/// <summary>
/// A text in the making. Used by the scheduler's thread alone, but for <see cref="Completion"/>. Whatever its writer
/// throws ends this text and no other.
/// </summary>
[SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The text's own caller gets it, whatever it is; the others go on.")]
internal sealed class ActiveText(EncodedWindow window, ITextWriter writer, Func<SelfAttentionCache> createMemory, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<(SelfAttentionCache Memory, int Token)> _branches = [(createMemory(), 0)];
    private int _promptRead;
    private Exception? _failure;
    private bool _hasEnded;

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
    /// <returns>Whether the text goes on; if not, it has added nothing.</returns>
    public bool Join(DecoderStep step, int most)
    {
        try
        {
            foreach (var (rows, endsPrompt) in NextRows(most).ToList())
                step.Add(this, rows, endsPrompt);
            return true;
        }
        catch (Exception exception)
        {
            _failure = exception;
            return false;
        }
    }

    /// <summary>Takes the logits of rows that wanted them.</summary>
    /// <param name="logits">One for each token, for each row.</param>
    /// <param name="endsPrompt">Whether a token is to be chosen.</param>
    /// <returns>Whether the text goes on.</returns>
    public bool Take(Span<float> logits, bool endsPrompt)
    {
        // A step may ask for several of a text's logits, and the first may have ended it.
        if (_hasEnded)
            return false;
        try
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
        catch (Exception exception)
        {
            _failure = exception;
            return false;
        }
    }

    /// <summary>Ends the text; a second time does nothing.</summary>
    /// <param name="exception">What went wrong with all texts of a step; null for nothing.</param>
    public void End(Exception? exception = null)
    {
        _hasEnded = true;
        _branches.ForEach(branch => branch.Memory.Dispose());
        if ((_failure ?? exception) is { } failure)
            _completion.TrySetException(failure);
        else if (IsCancelled)
            _completion.TrySetCanceled(cancellationToken);
        else
            _completion.TrySetResult();
    }

    private IEnumerable<(DecoderRow[] Rows, bool EndsPrompt)> NextRows(int most)
    {
        var prompt = writer.Prompt;
        if (_promptRead == prompt.Count)
            yield return ([.. _branches.Select(branch => Row(branch.Memory, branch.Token, wantsLogits: true))], true);

        for (; _promptRead < prompt.Count && most > 0; _promptRead++, most--)
        {
            var (isLast, isObserved) = (_promptRead == prompt.Count - 1, writer.Observes(_promptRead));
            yield return ([Row(_branches[0].Memory, prompt[_promptRead], isLast || isObserved)], isLast);
        }
    }

    // The last branch that continues another takes over its memory, the ones before get copies.
    private void Follow(IReadOnlyList<Branch> next)
    {
        var branches = new List<(SelfAttentionCache, int)>(next.Count);
        var copies = new List<SelfAttentionCache>();
        try
        {
            for (var i = 0; i < next.Count; i++)
            {
                var (memory, isContinuedAgain) = (_branches[next[i].Parent].Memory, next.Skip(i + 1).Any(later => later.Parent == next[i].Parent));
                if (isContinuedAgain)
                    copies.Add(Copy(memory));
                branches.Add((isContinuedAgain ? copies[^1] : memory, next[i].Token));
            }
        }
        catch
        {
            copies.ForEach(copy => copy.Dispose());
            throw;
        }

        for (var parent = 0; parent < _branches.Count; parent++)
        {
            if (!next.Any(branch => branch.Parent == parent))
                _branches[parent].Memory.Dispose();
        }

        _branches = branches;
    }

    private SelfAttentionCache Copy(SelfAttentionCache memory)
    {
        var copy = createMemory();
        copy.CopyFrom(memory);
        return copy;
    }

    private DecoderRow Row(SelfAttentionCache memory, int token, bool wantsLogits) => new(window.Audio, memory, token, wantsLogits, writer.Trace);
}
