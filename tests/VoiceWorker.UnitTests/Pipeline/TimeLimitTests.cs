using Microsoft.Extensions.Time.Testing;
using Polly.Timeout;
using VoiceWorker.Core.Pipeline;

namespace VoiceWorker.UnitTests.Pipeline;

public sealed class TimeLimitTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly TimeLimit _limit;

    public TimeLimitTests() => _limit = new(Limit, _time);

    [Fact]
    public async Task RunAsync_WorkEnds_GivesItsResult() => Assert.Equal(7, await _limit.RunAsync(static (state, _) => new ValueTask<int>(state), 7, CancellationToken.None));

    [Fact]
    public async Task RunAsync_TimeIsUp_EndsTheWorkAndSaysSo()
    {
        var running = HangAsync(CancellationToken.None);
        _time.Advance(Limit);
        Assert.Equal(Limit, (await Assert.ThrowsAsync<TimeoutRejectedException>(() => running)).Timeout);
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
        var running = _limit.RunAsync(static (state, _) => new ValueTask<int>(state.Task), work, CancellationToken.None);
        _time.Advance(2 * Limit);
        work.SetResult(3);
        Assert.Equal(3, await running);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_ManyInTurn_EachHasItsWholeTime(bool systemTime)
    {
        var limit = systemTime ? new TimeLimit(TimeSpan.FromMilliseconds(300), TimeProvider.System) : _limit;
        CancellationToken last = default;
        for (var i = 0; i < 5; i++)
        {
            last = await limit.RunAsync(static (_, token) => new ValueTask<CancellationToken>(token), 0, CancellationToken.None);
            Assert.False(last.IsCancellationRequested);
            _time.Advance(0.9 * Limit);
        }

        if (systemTime)
            await Task.Delay(600, TestContext.Current.CancellationToken);
        // The clock of work that has ended does not go on.
        Assert.False(last.IsCancellationRequested);
    }

    private Task<int> HangAsync(CancellationToken cancellationToken) => _limit.RunAsync(
        static async (state, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return state;
        },
        0, cancellationToken).AsTask();
}
