using System.Collections.Concurrent;
using Polly.Timeout;

namespace VoiceWorker.Core.Pipeline;

/// <summary>
/// Ends work when its time is up. Its clocks are used again, and it is a layer less around the work than Polly's
/// time-out: with several stages a job both are felt.
/// </summary>
/// <param name="limit">How long the work may take.</param>
/// <param name="time">The clock.</param>
internal sealed class TimeLimit(TimeSpan limit, TimeProvider time)
{
    private readonly ConcurrentQueue<CancellationTokenSource> _clocks = [];

    /// <summary>How long the work may take.</summary>
    public TimeSpan Time => limit;

    /// <summary>Does some work; waits for its end even when the work ignores its token.</summary>
    /// <param name="work">The work; its token fires when the time is up or the caller gives up.</param>
    /// <param name="state">What the work needs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutRejectedException">The time was up.</exception>
    public async ValueTask<TOut> RunAsync<TState, TOut>(Func<TState, CancellationToken, ValueTask<TOut>> work, TState state, CancellationToken cancellationToken)
    {
        var clock = _clocks.TryDequeue(out var used) ? used : new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        var caller = cancellationToken.UnsafeRegister(static clock => ((CancellationTokenSource)clock!).Cancel(), clock);
        try
        {
            clock.CancelAfter(limit);
            return await work(state, clock.Token);
        }
        catch (OperationCanceledException e) when (clock.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutRejectedException($"The time of {limit} was up.", limit, e);
        }
        finally
        {
            caller.Dispose();
            // One that has fired is left to the garbage collector: an abandoned engine may still look at it.
            if (clock.TryReset())
                _clocks.Enqueue(clock);
        }
    }
}
