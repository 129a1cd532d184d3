using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Configuration;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Resilience;
using VoiceWorker.Engines.Apertium;
using VoiceWorker.Engines.LibreTranslate;
using VoiceWorker.Engines.OpenAi;

namespace VoiceWorker.Engines.Translation;

/// <summary>Registers the pipeline's translator.</summary>
public static class TranslationServiceCollectionExtensions
{
    /// <summary>
    /// Adds the <see cref="ITranslator"/> that <c>Translation:Engine</c> names, behind the cache. The host registers
    /// <see cref="Prometheus.IMetricFactory"/>, and for several engines the pipeline. Only the chosen engines' sections are read and validated.
    /// </summary>
    public static IServiceCollection AddTranslation(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddValidatedOptions<TranslationOptions, TranslationOptionsValidator>(configuration, TranslationOptions.Section);
        services.AddValidatedOptions<TranslationCacheOptions, TranslationCacheOptionsValidator>(configuration, TranslationCacheOptions.Section);
        services.AddSingleton<TranslationCacheMetrics>();
        services.AddSingleton<TranslationCache>();
        services.AddSingleton<ITranslator, CachedTranslator>();
        var names = EngineNamesAttribute.Split(configuration[$"{TranslationOptions.Section}:Engine"] ?? new TranslationOptions().Engine);
        foreach (var name in names.Distinct())
        {
            services = name switch
            {
                "apertium" => services.AddApertium(configuration),
                "libretranslate" => services.AddLibreTranslate(configuration),
                "openai" => services.AddOpenAiTranslation(configuration),
                // The options' validator tells what is wrong, together with every other mistake.
                _ => services,
            };
        }

        return services.AddKeyedSingleton(CachedTranslator.EngineKey, (provider, _) => Chain(provider, names));
    }

    private static ITranslator Chain(IServiceProvider provider, string[] names)
    {
        var engines = names.Select(name => provider.GetRequiredKeyedService<ITranslator>(name)).ToList();
        return engines.Count == 1 ? engines[0] : new ChainedTranslator(ActivatorUtilities.CreateInstance<EngineChain<ITranslator>>(provider, Stage.Translate, engines));
    }
}
