using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.DependencyInjection;
using VoiceWorker.Audio.Processes;
using VoiceWorker.Core.Configuration;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Engines.EspeakNg;

/// <summary>Registers the synthesizer.</summary>
public static class EspeakNgServiceCollectionExtensions
{
    /// <summary>What the options call the engine, and the key under which it is registered.</summary>
    public const string EngineName = "espeak-ng";

    /// <summary>Adds <see cref="ISpeechSynthesizer"/> by espeak-ng.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The root, from which section <c>Tts:EspeakNg</c> is read.</param>
    public static IServiceCollection AddEspeakNg(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<EspeakNgOptions, EspeakNgOptionsValidator>(configuration, EspeakNgOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ChildProcessRunner>();
        services.AddSingleton<EspeakVoiceList>();
        return services.AddEngine<ISpeechSynthesizer, EspeakNgSynthesizer>(EngineName);
    }
}
