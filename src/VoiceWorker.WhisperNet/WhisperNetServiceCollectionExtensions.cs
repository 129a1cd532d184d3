using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
#if WHISPER_NET
using VoiceWorker.Core.Ports;
using VoiceWorker.WhisperNet.Engine;
#endif

namespace VoiceWorker.WhisperNet;

/// <summary>Registers the engine.</summary>
public static class WhisperNetServiceCollectionExtensions
{
    /// <summary>Makes Whisper.net the <c>ISpeechRecognizer</c>. The container must have logging.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="section">The configuration section <see cref="WhisperNetOptions.Section"/>.</param>
    /// <exception cref="NotSupportedException">The engine is not in this build; see <see cref="WhisperNetEngine.IsAvailable"/>.</exception>
    public static IServiceCollection AddWhisperNet(this IServiceCollection services, IConfiguration section)
    {
        if (!WhisperNetEngine.IsAvailable)
            throw new NotSupportedException(WhisperNetEngine.WhyUnavailable);
        services.AddSingleton<IValidateOptions<WhisperNetOptions>, WhisperNetOptionsValidator>();
        services.AddOptions<WhisperNetOptions>().Bind(section).ValidateOnStart();
#if WHISPER_NET
        services.AddSingleton<ISpeechRecognizer, WhisperNetRecognizer>();
#endif
        return services;
    }
}
