using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Core.Resilience;

/// <summary>Several synthesizers, of which the first that works serves.</summary>
/// <param name="chain">The synthesizers.</param>
public sealed class ChainedSynthesizer(EngineChain<ISpeechSynthesizer> chain) : ISpeechSynthesizer, IDisposable
{
    /// <inheritdoc/>
    public string Name => chain.Name;

    /// <inheritdoc/>
    public ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken) => chain.CheckAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> PassesTestAsync(CancellationToken cancellationToken) => chain.PassesTestAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Speech> SynthesizeAsync(string text, string language, string? voice, string? senderId, CancellationToken cancellationToken) =>
        chain.RunAsync(
            (text, language, voice, senderId), static (engine, job, token) => engine.SynthesizeAsync(job.text, job.language, job.voice, job.senderId, token), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => chain.Dispose();
}
