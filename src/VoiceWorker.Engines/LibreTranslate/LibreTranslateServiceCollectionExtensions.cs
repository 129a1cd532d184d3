using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VoiceWorker.Core.Configuration;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.Http;

namespace VoiceWorker.Engines.LibreTranslate;

/// <summary>Registers the LibreTranslate engine.</summary>
internal static class LibreTranslateServiceCollectionExtensions
{
    /// <summary>Adds the translator.</summary>
    public static IServiceCollection AddLibreTranslate(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddValidatedOptions<LibreTranslateOptions, LibreTranslateOptionsValidator>(configuration, LibreTranslateOptions.Section)
            .AddEngineHttp<LibreTranslateOptions>(LibreTranslateTranslator.ClientName, options => options.BaseAddress)
            .AddKeyedSingleton<ITranslator, LibreTranslateTranslator>("libretranslate");
}
