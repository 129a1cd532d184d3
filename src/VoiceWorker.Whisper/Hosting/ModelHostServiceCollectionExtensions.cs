using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using VoiceWorker.Core.Configuration;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Whisper.Hosting;

/// <summary>Registers <see cref="ModelHost"/>.</summary>
public static class ModelHostServiceCollectionExtensions
{
    /// <summary>Makes an engine that runs model files an <see cref="ISpeechRecognizer"/>, also under its name. Needs logging.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The root, from which section <c>Stt:Models</c> is read.</param>
    /// <param name="engine">The engine's name.</param>
    /// <param name="createLoader">Makes the engine.</param>
    public static IServiceCollection AddModelHost(
        this IServiceCollection services, IConfiguration configuration, string engine, Func<IServiceProvider, ISpeechModelLoader> createLoader)
    {
        var section = configuration.GetSection(SpeechModelOptions.Section);
        services.AddValidatedOptions<SpeechModelOptions, SpeechModelOptionsValidator>(configuration, SpeechModelOptions.Section);
        services.AddSingleton<IOptionsChangeTokenSource<SpeechModelOptions>>(new ConfigurationChangeTokenSource<SpeechModelOptions>(section));
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddKeyedSingleton(engine, (provider, _) => createLoader(provider))
            .AddKeyedSingleton(engine, (provider, _) => ActivatorUtilities.CreateInstance<ModelTable>(provider, provider.GetRequiredKeyedService<ISpeechModelLoader>(engine)))
            .AddKeyedSingleton(engine, (provider, _) => ActivatorUtilities.CreateInstance<ModelHost>(
                provider, provider.GetRequiredKeyedService<ISpeechModelLoader>(engine), provider.GetRequiredKeyedService<ModelTable>(engine)))
            .AddKeyedSingleton<ISpeechRecognizer>(engine, (provider, _) => provider.GetRequiredKeyedService<ModelHost>(engine))
            .AddSingleton(provider => provider.GetRequiredKeyedService<ModelTable>(engine))
            .AddSingleton(provider => provider.GetRequiredKeyedService<ISpeechRecognizer>(engine));
    }
}
