using VoiceWorker.Audio;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Configuration;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Resilience;
using VoiceWorker.Engines.EspeakNg;
using VoiceWorker.Engines.OpenAi;
using VoiceWorker.Engines.Translation;
using VoiceWorker.Whisper.Onnx;
using VoiceWorker.Whisper.Onnx.VoiceActivity;
using VoiceWorker.WhisperNet;

namespace VoiceWorker.Host.Hosting;

/// <summary>Picks the engines for each port: one, or several in a chain.</summary>
internal static class EnginesServiceCollectionExtensions
{
    public static IServiceCollection AddEngines(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddValidatedOptions<SttOptions, SttOptionsValidator>(configuration, SttOptions.Section)
            .AddValidatedOptions<TtsOptions, TtsOptionsValidator>(configuration, TtsOptions.Section)
            .AddAudioCodecs(configuration)
            .AddTranslation(configuration);
        return services
            .AddRecognizers(configuration)
            .AddSynthesizers(configuration)
            .AddSingleton<IEngine>(p => p.GetRequiredService<IAudioDecoder>())
            .AddSingleton<IEngine>(p => p.GetRequiredService<ISpeechRecognizer>())
            .AddSingleton<IEngine>(p => p.GetRequiredService<ITranslator>())
            .AddSingleton<IEngine>(p => p.GetRequiredService<ISpeechSynthesizer>())
            .AddSingleton<IEngine>(p => p.GetRequiredService<IAudioEncoder>());
    }

    // A name that does not exist is the validators' business, who report it together with every other mistake.
    private static IServiceCollection AddRecognizers(this IServiceCollection services, IConfiguration configuration)
    {
        var local = WhisperNetEngine.IsAvailable ? WhisperNetEngine.Name : OnnxSpeechRecognitionServiceCollectionExtensions.EngineName;
        var names = Names<SttOptions>(configuration, SttOptions.Section, options => options.Engine).Select(name => name == "auto" ? local : name).Distinct().ToList();
        foreach (var name in names)
        {
            services = name switch
            {
                OpenAiServiceCollectionExtensions.EngineName => services.AddOpenAiRecognition(configuration),
                WhisperNetEngine.Name => services.AddLocalWhisperNet(configuration),
                OnnxSpeechRecognitionServiceCollectionExtensions.EngineName => services.AddOnnxSpeechRecognition(configuration).AddModelLoader(name),
                _ => services,
            };
        }

        return names.Count == 1 ? services : services.AddSingleton<ISpeechRecognizer>(provider => new ChainedRecognizer(Chain<ISpeechRecognizer>(provider, Stage.Transcribe, names)));
    }

    private static IServiceCollection AddSynthesizers(this IServiceCollection services, IConfiguration configuration)
    {
        var names = Names<TtsOptions>(configuration, TtsOptions.Section, options => options.Engine).Distinct().ToList();
        foreach (var name in names)
        {
            services = name switch
            {
                OpenAiServiceCollectionExtensions.EngineName => services.AddOpenAiSpeech(configuration),
                EspeakNgServiceCollectionExtensions.EngineName => services.AddEspeakNg(configuration),
                _ => services,
            };
        }

        return names.Count == 1 ? services : services.AddSingleton<ISpeechSynthesizer>(provider => new ChainedSynthesizer(Chain<ISpeechSynthesizer>(provider, Stage.Synthesize, names)));
    }

    private static string[] Names<TOptions>(IConfiguration configuration, string section, Func<TOptions, string> normal)
        where TOptions : new() =>
        EngineNamesAttribute.Split(configuration[$"{section}:Engine"] ?? normal(new()));

    private static EngineChain<TEngine> Chain<TEngine>(IServiceProvider provider, Stage stage, IReadOnlyList<string> names)
        where TEngine : class, IEngine =>
        ActivatorUtilities.CreateInstance<EngineChain<TEngine>>(provider, stage, names.Select(name => provider.GetRequiredKeyedService<TEngine>(name)).ToList());

    private static IServiceCollection AddLocalWhisperNet(this IServiceCollection services, IConfiguration configuration) => services
        .AddWhisperNet(configuration)
        .AddSpeechDetection(configuration)
        .AddModelLoader(WhisperNetEngine.Name);

    private static IServiceCollection AddModelLoader(this IServiceCollection services, string engine) =>
        services.AddSingleton<IHostedService>(provider => new ModelLoader(provider.GetRequiredKeyedService<ISpeechRecognizer>(engine)));
}
