using VoiceWorker.Whisper.Onnx.Scheduling;

namespace VoiceWorker.UnitTests.Whisper;

/// <summary>Goes on in given branches: for each step the parents of those that follow.</summary>
internal sealed class BranchingWriter(params int[][] parents) : ITextWriter
{
    private readonly List<int> _widths = [];

    public IReadOnlyList<int> Prompt { get; } = [0];

    /// <summary>Logits of each step.</summary>
    public IReadOnlyList<int> Widths => _widths;

    public bool Observes(int promptIndex) => false;

    public void Observe(ReadOnlySpan<float> logits) => Assert.Fail("not asked for");

    public IReadOnlyList<Branch> Next(Span<float> logits)
    {
        _widths.Add(logits.Length);
        return _widths.Count > parents.Length ? [] : [.. parents[_widths.Count - 1].Select(parent => new Branch(parent, 1))];
    }
}
