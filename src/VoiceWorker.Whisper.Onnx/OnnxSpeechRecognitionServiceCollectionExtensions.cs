using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VoiceWorker.Core.Configuration;
using VoiceWorker.Core.Ports;
using VoiceWorker.Whisper.Ggml;
using VoiceWorker.Whisper.Hosting;
using VoiceWorker.Whisper.Onnx.VoiceActivity;

namespace VoiceWorker.Whisper.Onnx;

/// <summary>Registers the <c>onnx</c> speech recognition engine.</summary>
public static class OnnxSpeechRecognitionServiceCollectionExtensions
{
    /// <summary>What the options call the engine, and the key under which it is registered.</summary>
    public const string EngineName = "onnx";

    /// <summary>Makes the engine the <see cref="ISpeechRecognizer"/>. Needs logging and prometheus-net's <c>IMetricFactory</c>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">
    /// The root, from which section <c>Stt:Onnx</c> is read, and <c>Stt:ModelPath</c> where the section has no
    /// model of its own; without either it is the demo model.
    /// </param>
    public static IServiceCollection AddOnnxSpeechRecognition(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OnnxWhisperOptions>()
            .Configure(options => options.ModelPath = configuration["Stt:ModelPath"] ?? ModelFile.Demo)
            .PostConfigure(options => options.ModelPath = ModelFile.Resolve(options.ModelPath));
        return services
            .AddSpeechDetection(configuration)
            .AddValidatedOptions<OnnxWhisperOptions, OnnxWhisperOptionsValidator>(configuration, OnnxWhisperOptions.Section)
            .AddModelHost(configuration, EngineName, provider => ActivatorUtilities.CreateInstance<OnnxModelLoader>(provider));
    }
}
