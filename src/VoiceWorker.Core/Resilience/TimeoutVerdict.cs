using Polly.Timeout;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Core.Resilience;

/// <summary>
/// Whose fault a time-out is. Some inputs take an engine for ever: 64 KB of dots, a text without a sentence's end. Tried
/// again they only take it for ever again, and counted against the engine they would close it for everybody.
/// </summary>
internal static class TimeoutVerdict
{
    private static readonly TimeSpan MinTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Whether an exception says that the time was up, the stage's or one of the engine's own.</summary>
    public static bool IsTimeout(Exception e) =>
        e is TimeoutRejectedException or EngineException { Kind: FailureKind.Transient, Code: ErrorCode.StageTimeout };

    /// <summary>Asks the engine for its test.</summary>
    /// <param name="timeout">The time-out.</param>
    /// <param name="stage">Whose.</param>
    /// <param name="engine">The engine that was not done in time.</param>
    /// <param name="limit">The time that it had. A tenth of it is enough for a small piece of work: who needs more is not well.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the test.</param>
    /// <returns>A bad job's exception where the engine passes, else the time-out as it is.</returns>
    public static async ValueTask<Exception> OfAsync(Exception timeout, Stage stage, IEngine engine, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        var testTime = TimeSpan.FromTicks(Math.Clamp(limit.Ticks / 10, MinTimeout.Ticks, MaxTimeout.Ticks));
        using var clock = new CancellationTokenSource(testTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        try
        {
            return await engine.PassesTestAsync(either.Token).AsTask().WaitAsync(either.Token)
                ? EngineException.BadJob(
                    ErrorCode.StageTimeout, $"Processing failed: {stage} was not done in time, although {engine.Name} does other work in time. Send less at once, or text with words and sentences.", timeout)
                : timeout;
        }
        catch (OperationCanceledException)
        {
            return timeout;
        }
    }
}
