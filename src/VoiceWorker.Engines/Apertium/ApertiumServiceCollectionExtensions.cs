using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VoiceWorker.Core.Configuration;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.Http;

namespace VoiceWorker.Engines.Apertium;

/// <summary>Registers the Apertium engine.</summary>
internal static class ApertiumServiceCollectionExtensions
{
    /// <summary>Adds the translator and, without a configured address, a server of the worker's own.</summary>
    public static IServiceCollection AddApertium(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<ApertiumOptions, ApertiumOptionsValidator>(configuration, ApertiumOptions.Section);
        services.AddEngineHttp<ApertiumOptions>(ApertiumClient.ClientName, options => options.BaseAddress);
        services.AddSingleton<ApertiumClient>();
        services.AddKeyedSingleton<ITranslator, ApertiumTranslator>("apertium");
        if (!string.IsNullOrWhiteSpace(configuration[$"{ApertiumOptions.Section}:{nameof(ApertiumOptions.BaseAddress)}"]))
            return services.AddSingleton<IApertiumServer, ConfiguredApertium>();

        services.AddSingleton<SupervisedApertium>();
        services.AddSingleton<IApertiumServer>(provider => provider.GetRequiredService<SupervisedApertium>());
        return services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<SupervisedApertium>());
    }
}
