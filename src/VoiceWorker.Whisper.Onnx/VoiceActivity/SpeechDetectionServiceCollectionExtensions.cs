using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using VoiceWorker.Core.Ports;
using VoiceWorker.Whisper.VoiceActivity;

namespace VoiceWorker.Whisper.Onnx.VoiceActivity;

/// <summary>Registers voice activity detection.</summary>
public static class SpeechDetectionServiceCollectionExtensions
{
    /// <summary>The value of <c>Stt:Vad</c> for Silero's network, the default.</summary>
    public const string Silero = "silero";

    /// <summary>The value of <c>Stt:Vad</c> for loudness alone.</summary>
    public const string Level = "level";

    /// <summary>The value of <c>Stt:Vad</c> for none.</summary>
    public const string Off = "off";

    /// <summary>Registers the <see cref="ISpeechDetector"/> that <c>Stt:Vad</c> names. For <see cref="Level"/> it is none: each engine has levels of its own.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The root.</param>
    public static IServiceCollection AddSpeechDetection(this IServiceCollection services, IConfiguration configuration)
    {
        // A name that does not exist is the validators' business.
        switch (configuration["Stt:Vad"])
        {
            case Level:
                break;
            case Off:
                services.TryAddSingleton<ISpeechDetector, EverySound>();
                break;
            default:
                services.TryAddSingleton<ISpeechDetector, SileroDetector>();
                break;
        }

        return services;
    }
}
