using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace VoiceWorker.Engines.Whisper;

/// <summary>Registers the <c>onnx</c> speech recognition engine.</summary>
public static class OnnxSpeechRecognitionExtensions
{
    /// <summary>
    /// Registers <see cref="OnnxSpeechRecognizer"/> as itself; the host decides which engine is its speech recogniser.
    /// Needs <see cref="TimeProvider"/> and prometheus-net's <c>IMetricFactory</c>.
    /// </summary>
    /// <param name="services">Where to.</param>
    /// <param name="section">The section <see cref="OnnxWhisperOptions.Section"/>.</param>
    public static IServiceCollection AddOnnxSpeechRecognition(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptions<OnnxWhisperOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OnnxWhisperOptions>, OnnxWhisperOptionsValidator>();
        services.AddSingleton<OnnxSpeechRecognizer>();
        return services;
    }
}
