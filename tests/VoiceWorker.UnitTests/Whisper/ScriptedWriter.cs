using VoiceWorker.Whisper.Onnx.Scheduling;

namespace VoiceWorker.UnitTests.Whisper;

/// <summary>
/// Goes on, branches, ends or throws as its seed has it, and checks that the network has read its own tokens in its own
/// window and nobody else's (see <see cref="RememberingNetwork"/>).
/// </summary>
internal sealed class ScriptedWriter : ITextWriter
{
    private readonly Random _random;
    private readonly int _window;
    private readonly int _end;
    private readonly Fault _fault;
    private List<IEnumerable<int>> _branches;
    private int _steps;

    public ScriptedWriter(int seed, int window)
    {
        (_random, _window) = (new Random(seed), window);
        (_end, _fault) = (_random.Next(12), (Fault)_random.Next(10));
        Prompt = [.. Enumerable.Range(0, _random.Next(1, 6)).Select(_ => _random.Next(1, 1000))];
        _branches = [Prompt];
    }

    private enum Fault
    {
        InObserves,
        InObserve,
        InNext,
        NoSuchParent,
    }

    public IReadOnlyList<int> Prompt { get; }

    /// <summary>Whether it came to its end.</summary>
    public bool HasFinished { get; private set; }

    /// <summary>Whether it did something that ends it alone.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>What was wrong with the logits that it was given.</summary>
    public string? Mistake { get; private set; }

    public bool Observes(int promptIndex) => promptIndex == 2 && !Throws(Fault.InObserves);

    public void Observe(ReadOnlySpan<float> logits)
    {
        Check(logits, Prompt.Take(3));
        Throws(Fault.InObserve);
    }

    public IReadOnlyList<Branch> Next(Span<float> logits)
    {
        for (var i = 0; i < _branches.Count; i++)
            Check(logits.Slice(i * RememberingNetwork.Width, RememberingNetwork.Width), _branches[i]);
        if (_steps++ == _end)
        {
            HasFinished = _fault is not (Fault.InNext or Fault.NoSuchParent);
            HasFailed = !HasFinished;
            return Throws(Fault.InNext) || HasFinished ? [] : [new(0, 1), new(0, 2), new(99, 3)];
        }

        Branch[] next = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => new Branch(_random.Next(_branches.Count), _random.Next(1, 1000)))];
        _branches = [.. next.Select(branch => (IEnumerable<int>)[.. _branches[branch.Parent], branch.Token])];
        return next;
    }

    private bool Throws(Fault here)
    {
        if (_fault != here)
            return false;
        HasFailed = true;
        throw new InvalidOperationException($"a writer's defect {here}");
    }

    private void Check(ReadOnlySpan<float> logits, IEnumerable<int> read)
    {
        var expected = (RememberingNetwork.Digest(read), (float)_window);
        if ((logits[0], logits[1]) != expected)
            Mistake ??= $"The network read {(logits[0], logits[1])} instead of {expected}.";
    }
}
