using System.Collections.Concurrent;

namespace VoiceWorker.Core.Pipeline;

/// <summary>
/// A try of some work: not made while the circuit is open, ended when its time is up, and noted in the circuit. A
/// general resilience pipeline would do the same; with one in every stage, a third of what the mesh costs was its.
/// </summary>
/// <param name="limit">How long a try may take.</param>
/// <param name="circuit">The engine's circuit; null where there is none.</param>
/// <param name="time">The clock.</param>
internal sealed class TimedTry(TimeSpan limit, StageCircuit? circuit, TimeProvider time)
{
    private readonly ConcurrentQueue<CancellationTokenSource> _clocks = [];

    /// <summary>Makes a try.</summary>
    /// <param name="state">What the work needs.</param>
    /// <param name="work">The work; its token fires when the time is up or the caller gives up.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CircuitOpenException">The engine counts as down.</exception>
    /// <exception cref="TimeLimitException">The time was up.</exception>
    public async ValueTask<TOut> RunAsync<TState, TOut>(TState state, Func<TState, CancellationToken, ValueTask<TOut>> work, CancellationToken cancellationToken)
    {
        circuit?.ThrowIfOpen();
        var clock = _clocks.TryDequeue(out var used) ? used : new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        var caller = cancellationToken.UnsafeRegister(static clock => ((CancellationTokenSource)clock!).Cancel(), clock);
        try
        {
            clock.CancelAfter(limit);
            var result = await work(state, clock.Token);
            circuit?.Note(null);
            return result;
        }
        catch (OperationCanceledException e) when (clock.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var late = new TimeLimitException(limit, e);
            circuit?.Note(late);
            throw late;
        }
        catch (Exception e)
        {
            circuit?.Note(e);
            throw;
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
