using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VoiceWorker.Core.Configuration;
using VoiceWorker.Whisper.Ggml;
using VoiceWorker.Whisper.Hosting;
using VoiceWorker.WhisperNet.Engine;
#if WHISPER_NET
#endif

namespace VoiceWorker.WhisperNet;

/// <summary>Registers the engine.</summary>
public static class WhisperNetServiceCollectionExtensions
{
    /// <summary>Makes Whisper.net the <c>ISpeechRecognizer</c>.</summary>
    /// <param name="services">The host's services, logging among them.</param>
    /// <param name="configuration">
    /// The root, from which section <c>Stt:WhisperNet</c> is read, and <c>Stt:ModelPath</c> where the section has no model of its own.
    /// </param>
    /// <exception cref="NotSupportedException">The engine is not in this build; see <see cref="WhisperNetEngine.IsAvailable"/>.</exception>
    public static IServiceCollection AddWhisperNet(this IServiceCollection services, IConfiguration configuration)
    {
        if (!WhisperNetEngine.IsAvailable)
            throw new NotSupportedException(WhisperNetEngine.WhyUnavailable);
        services.AddOptions<WhisperNetOptions>()
            .Configure(options => options.ModelPath = configuration["Stt:ModelPath"] ?? ModelFile.Demo)
            .PostConfigure(options => options.ModelPath = ModelFile.Resolve(options.ModelPath));
        services.AddValidatedOptions<WhisperNetOptions, WhisperNetOptionsValidator>(configuration, WhisperNetOptions.Section);
#if WHISPER_NET
        services.AddModelHost(configuration, WhisperNetEngine.Name, provider => ActivatorUtilities.CreateInstance<WhisperNetModelLoader>(provider));
#endif
        return services;
    }
}
