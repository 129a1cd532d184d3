using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Core.Resilience;

/// <summary>Several recognizers, of which the first that works serves.</summary>
/// <param name="chain">The recognizers.</param>
public sealed class ChainedRecognizer(EngineChain<ISpeechRecognizer> chain) : ISpeechRecognizer, IDisposable
{
    /// <inheritdoc/>
    public string Name => chain.Name;

    /// <inheritdoc/>
    public ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken) => chain.CheckAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> PassesTestAsync(CancellationToken cancellationToken) => chain.PassesTestAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Transcript> RecognizeAsync(DecodedAudio audio, string? language, CancellationToken cancellationToken) =>
        RecognizeAsync(audio, language, model: null, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Transcript> RecognizeAsync(DecodedAudio audio, string? language, string? model, CancellationToken cancellationToken) =>
        chain.RunAsync((audio, language, model), static (engine, job, token) => engine.RecognizeAsync(job.audio, job.language, job.model, token), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => chain.Dispose();
}
