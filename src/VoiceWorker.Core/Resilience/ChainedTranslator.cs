using VoiceWorker.Core.Ports;

namespace VoiceWorker.Core.Resilience;

/// <summary>Several translators, of which the first that works serves.</summary>
/// <param name="chain">The translators.</param>
public sealed class ChainedTranslator(EngineChain<ITranslator> chain) : ITranslator, IDisposable
{
    /// <inheritdoc/>
    public string Name => chain.Name;

    /// <inheritdoc/>
    public ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken) => chain.CheckAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> PassesTestAsync(CancellationToken cancellationToken) => chain.PassesTestAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<TranslatedText> TranslateAsync(string text, string? sourceLanguage, string targetLanguage, CancellationToken cancellationToken) =>
        chain.RunAsync((text, sourceLanguage, targetLanguage), static (engine, job, token) => engine.TranslateAsync(job.text, job.sourceLanguage, job.targetLanguage, token), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => chain.Dispose();
}
