using Microsoft.Extensions.DependencyInjection;
using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Engines.Translation;

/// <summary>The translator of the mesh: nothing to do when the languages are equal, then the cache, then the engine.</summary>
/// <param name="engine">The configured engine.</param>
/// <param name="cache">What was translated before.</param>
internal sealed class CachedTranslator([FromKeyedServices(CachedTranslator.EngineKey)] ITranslator engine, TranslationCache cache) : ITranslator
{
    /// <summary>The key under which the configured engine is registered.</summary>
    public const string EngineKey = "translation-engine";

    /// <inheritdoc/>
    public string Name => engine.Name;

    /// <inheritdoc/>
    public ValueTask<TranslatedText> TranslateAsync(string text, string? sourceLanguage, string targetLanguage, CancellationToken cancellationToken) =>
        sourceLanguage is not null && LanguageTag.IsSameLanguage(sourceLanguage, targetLanguage)
            ? new(new TranslatedText(text, targetLanguage, FromCache: true))
            : cache.GetOrTranslateAsync(engine, text, sourceLanguage, targetLanguage, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken) => engine.CheckAsync(cancellationToken);
}
