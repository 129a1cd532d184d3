using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using VoiceWorker.Audio.Ffmpeg;
using VoiceWorker.Audio.Processes;
using VoiceWorker.Core.Configuration;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Audio;

/// <summary>Registers the codecs.</summary>
public static class AudioServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IAudioDecoder"/> and <see cref="IAudioEncoder"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The root, from which section <c>Audio</c> is read.</param>
    public static IServiceCollection AddAudioCodecs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidatedOptions<AudioOptions, AudioOptionsValidator>(configuration, AudioOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ChildProcessRunner>();
        services.AddSingleton<FfmpegInventory>();
        services.AddSingleton<FfmpegDecoder>();
        services.AddSingleton<IAudioDecoder, AudioDecoder>();
        services.AddSingleton<IAudioEncoder, AudioEncoder>();
        return services;
    }
}
