using Microsoft.Extensions.Time.Testing;
using VoiceWorker.Core.Pipeline;

namespace VoiceWorker.UnitTests.Pipeline;

public sealed class FailureWindowTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FailureWindow _window;

    public FailureWindowTests() => _window = new(new CircuitOptions { FailureRatio = 0.5, MinimumThroughput = 4, SamplingDuration = TimeSpan.FromSeconds(30) }, _time);

    [Fact]
    public void Note_FewTries_SayNothing() => Assert.Equal([false, false, false, true], Enumerable.Range(0, 4).Select(_ => _window.Note(failed: true)));

    [Fact]
    public void Note_FewerFailuresThanTheRatio_AreNotTooMany()
    {
        for (var i = 0; i < 20; i++)
        {
            _window.Note(failed: false);
            _window.Note(failed: false);
            Assert.False(_window.Note(failed: true));
        }
    }

    [Fact]
    public void Note_FailuresOfTheWholeWindow_AddUp()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.False(_window.Note(failed: true));
            _time.Advance(TimeSpan.FromSeconds(8));
        }

        Assert.True(_window.Note(failed: true));
    }

    [Fact]
    public void Note_OldFailures_AreForgotten()
    {
        for (var i = 0; i < 12; i++)
        {
            Assert.False(_window.Note(failed: true));
            _time.Advance(TimeSpan.FromSeconds(11));
        }
    }

    [Fact]
    public void Clear_Always_StartsAnew()
    {
        for (var i = 0; i < 3; i++)
            _window.Note(failed: true);
        _window.Clear();
        Assert.False(_window.Note(failed: true));
    }
}
