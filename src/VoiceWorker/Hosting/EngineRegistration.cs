using VoiceWorker.Core.Ports;
using VoiceWorker.Core.SpeechModels;
using VoiceWorker.Engines;
using VoiceWorker.Engines.Audio;
using VoiceWorker.Engines.EspeakNg;
using VoiceWorker.Engines.OpenAi;
using VoiceWorker.Engines.Translation;
using VoiceWorker.Engines.Whisper;
using VoiceWorker.WhisperNet;

namespace VoiceWorker.Host.Hosting;

/// <summary>Picks one engine for each port.</summary>
internal static class EngineRegistration
{
    public static IServiceCollection AddEngines(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddValidatedOptions<SttOptions, SttOptionsValidator>(configuration, SttOptions.Section)
            .AddValidatedOptions<TtsOptions, TtsOptionsValidator>(configuration, TtsOptions.Section)
            .AddAudioCodecs(configuration)
            .AddTranslation(configuration);
        services = configuration["Stt:Engine"] switch
        {
            "openai" => services.AddOpenAiRecognition(configuration),
            "onnx" => services.AddOnnx(configuration),
            "whisper.net" => services.AddLocalWhisperNet(configuration),
            _ when WhisperNetEngine.IsAvailable => services.AddLocalWhisperNet(configuration),
            _ => services.AddOnnx(configuration),
        };
        services = configuration["Tts:Engine"] switch
        {
            "openai" => services.AddOpenAiSpeech(configuration),
            _ => services.AddEspeakNg(configuration),
        };
        return services
            .AddSingleton<IEngine>(p => p.GetRequiredService<IAudioDecoder>())
            .AddSingleton<IEngine>(p => p.GetRequiredService<ISpeechRecognizer>())
            .AddSingleton<IEngine>(p => p.GetRequiredService<ITranslator>())
            .AddSingleton<IEngine>(p => p.GetRequiredService<ISpeechSynthesizer>())
            .AddSingleton<IEngine>(p => p.GetRequiredService<IAudioEncoder>());
    }

    private static IServiceCollection AddOnnx(this IServiceCollection services, IConfiguration configuration) => services
        .AddOnnxSpeechRecognition(configuration)
        .AddSingleton(new OptionsSection(SpeechModelOptions.Section, typeof(SpeechModelOptions)))
        .AddHostedService<ModelLoader>();

    private static IServiceCollection AddLocalWhisperNet(this IServiceCollection services, IConfiguration configuration) => services
        .AddWhisperNet(configuration)
        .AddSingleton(new OptionsSection(WhisperNetOptions.Section, typeof(WhisperNetOptions)))
        .AddSingleton(new OptionsSection(SpeechModelOptions.Section, typeof(SpeechModelOptions)))
        .AddHostedService<ModelLoader>();
}
