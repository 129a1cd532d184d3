using VoiceWorker.Whisper.Onnx.Scheduling;

namespace VoiceWorker.UnitTests.Whisper;

/// <summary>Writes a given number of tokens, and then perhaps throws instead of ending.</summary>
internal sealed class CountingWriter(int tokens, int promptLength = 1, bool throws = false) : ITextWriter
{
    public IReadOnlyList<int> Prompt { get; } = new int[promptLength];

    public int Written { get; private set; }

    public bool Observes(int promptIndex) => false;

    public void Observe(ReadOnlySpan<float> logits) => Assert.Fail("not asked for");

    public IReadOnlyList<Branch> Next(Span<float> logits)
    {
        Assert.Equal(4, logits.Length);
        if (++Written != tokens)
            return [new(0, 1)];
        return throws ? throw new InvalidOperationException("a defect") : [];
    }
}
