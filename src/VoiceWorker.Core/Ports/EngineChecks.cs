using System.Diagnostics.CodeAnalysis;

namespace VoiceWorker.Core.Ports;

/// <summary>Asks engines how they are; one that throws or hangs is an answer, too.</summary>
public static class EngineChecks
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Whether the engine can work now; not when it fails to say so, or does not within 30 s.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever an engine throws, it does not work now.")]
    public static async Task<EngineStatus> TryCheckAsync(this IEngine engine, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(engine);
        using var patience = new CancellationTokenSource(AnswerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await engine.CheckAsync(either.Token).AsTask().WaitAsync(either.Token);
        }
        catch (Exception) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new(false, $"gave no answer within {AnswerTimeout.TotalSeconds:0} s", "Look at its log, or run doctor with --verbose.");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new(false, $"failed to say how it is: {e.GetType().Name}: {e.Message}", "Look at its log, or run doctor with --verbose.");
        }
    }
}
