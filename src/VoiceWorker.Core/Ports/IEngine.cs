namespace VoiceWorker.Core.Ports;

/// <summary>What every engine and codec can say of itself, to <c>doctor</c> and to the readiness check.</summary>
public interface IEngine
{
    /// <summary>A short name for logs, metrics and traces: <c>onnx</c>, <c>apertium</c>, <c>espeak-ng</c>.</summary>
    string Name { get; }

    /// <summary>Whether the engine can work now. Never throws but for cancellation.</summary>
    ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Has the engine do a small piece of work that it is known to be able to do. It tells whose fault a time-out is: an
    /// engine that passes is well, and the job was too much for it. Never throws but for cancellation.
    /// </summary>
    /// <returns>False where the work was not done, and where there is no such test.</returns>
    ValueTask<bool> PassesTestAsync(CancellationToken cancellationToken) => ValueTask.FromResult(false);
}
