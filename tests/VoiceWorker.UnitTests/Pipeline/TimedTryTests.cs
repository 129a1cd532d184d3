using Microsoft.Extensions.Time.Testing;
using VoiceWorker.Core.Pipeline;

namespace VoiceWorker.UnitTests.Pipeline;

public sealed class TimedTryTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly TimedTry _try;

    public TimedTryTests() => _try = new(Limit, circuit: null, _time);

    [Fact]
    public async Task RunAsync_WorkEnds_GivesItsResult() => Assert.Equal(7, await _try.RunAsync(7, static (state, _) => new ValueTask<int>(state), CancellationToken.None));

    [Fact]
    public async Task RunAsync_TimeIsUp_EndsTheWorkAndSaysSo()
    {
        var running = HangAsync(CancellationToken.None);
        _time.Advance(Limit);
        Assert.Equal(Limit, (await Assert.ThrowsAsync<TimeLimitException>(() => running)).Limit);
    }

    [Fact]
    public async Task RunAsync_CallerGivesUp_IsNotLate()
    {
        using var caller = new CancellationTokenSource();
        var running = HangAsync(caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task RunAsync_WorkThatIgnoresTheTime_IsWaitedFor()
    {
        var work = new TaskCompletionSource<int>();
        var running = _try.RunAsync(work, static (state, _) => new ValueTask<int>(state.Task), CancellationToken.None);
        _time.Advance(2 * Limit);
        work.SetResult(3);
        Assert.Equal(3, await running);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_ManyTriesInTurn_EachHasItsWholeTime(bool systemTime)
    {
        var tries = systemTime ? new TimedTry(TimeSpan.FromMilliseconds(300), circuit: null, TimeProvider.System) : _try;
        CancellationToken last = default;
        for (var i = 0; i < 5; i++)
        {
            last = await tries.RunAsync(0, static (_, token) => new ValueTask<CancellationToken>(token), CancellationToken.None);
            Assert.False(last.IsCancellationRequested);
            _time.Advance(0.9 * Limit);
        }

        if (systemTime)
            await Task.Delay(600, TestContext.Current.CancellationToken);
        // The clock of a try that has ended does not go on.
        Assert.False(last.IsCancellationRequested);
    }

    private Task<int> HangAsync(CancellationToken cancellationToken) => _try.RunAsync(0, static async (_, token) =>
    {
        await Task.Delay(Timeout.Infinite, token);
        return 0;
    }, cancellationToken).AsTask();
}
