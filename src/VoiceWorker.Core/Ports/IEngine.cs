namespace VoiceWorker.Core.Ports;

/// <summary>What every engine and codec can say of itself, to <c>doctor</c> and to the readiness check.</summary>
public interface IEngine
{
    /// <summary>A short name for logs, metrics and traces: <c>onnx</c>, <c>apertium</c>, <c>espeak-ng</c>.</summary>
    string Name { get; }

    /// <summary>Whether the engine can work now. Never throws but for cancellation.</summary>
    ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken);
}
