using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Texts;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Engines.Translation;

/// <summary>The translator of the pipeline: nothing to do when the languages are equal, then the limit, the cache, the engine.</summary>
/// <param name="engine">The configured engine.</param>
/// <param name="cache">What was translated before.</param>
/// <param name="options">The limit.</param>
internal sealed class CachedTranslator([FromKeyedServices(CachedTranslator.EngineKey)] ITranslator engine, TranslationCache cache, IOptions<TranslationOptions> options) : ITranslator
{
    /// <summary>The key under which the configured engine is registered.</summary>
    public const string EngineKey = "translation-engine";

    /// <inheritdoc/>
    public string Name => engine.Name;

    /// <inheritdoc/>
    public ValueTask<TranslatedText> TranslateAsync(string text, string? sourceLanguage, string targetLanguage, CancellationToken cancellationToken)
    {
        if (sourceLanguage is not null && LanguageTag.IsSameLanguage(sourceLanguage, targetLanguage))
            return new(new TranslatedText(text, targetLanguage, FromCache: true));
        return text.Length > options.Value.MaxWords && WordCount.Of(text) is var words && words > options.Value.MaxWords
            ? throw EngineException.BadJob(
                ErrorCode.InputTooLarge, $"The text has {words} words and punctuation marks; {options.Value.MaxWords} is the limit. Send it in parts.")
            : cache.GetOrTranslateAsync(engine, text, sourceLanguage, targetLanguage, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken) => engine.CheckAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> PassesTestAsync(CancellationToken cancellationToken) => engine.PassesTestAsync(cancellationToken);
}
