using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VoiceWorker.Core.Configuration;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.Http;
using VoiceWorker.Engines.OpenAi.Chat;
using VoiceWorker.Engines.OpenAi.Recognition;
using VoiceWorker.Engines.OpenAi.Synthesis;

namespace VoiceWorker.Engines.OpenAi;

/// <summary>Registers the adapters for OpenAI-compatible servers.</summary>
public static class OpenAiServiceCollectionExtensions
{
    /// <summary>What the options call the engine, and the key under which it is registered.</summary>
    public const string EngineName = "openai";

    /// <summary>Adds the <see cref="ISpeechSynthesizer"/> of section <c>Tts:OpenAi</c>.</summary>
    public static IServiceCollection AddOpenAiSpeech(this IServiceCollection services, IConfiguration configuration) => services
        .AddValidatedOptions<OpenAiSpeechOptions, OpenAiSpeechOptionsValidator>(configuration, OpenAiSpeechOptions.Section)
        .AddServer<OpenAiSpeechOptions>(OpenAiSynthesizer.ClientName)
        .AddEngine<ISpeechSynthesizer, OpenAiSynthesizer>(EngineName);

    /// <summary>Adds the <see cref="ISpeechRecognizer"/> of section <c>Stt:OpenAi</c>.</summary>
    public static IServiceCollection AddOpenAiRecognition(this IServiceCollection services, IConfiguration configuration) => services
        .AddValidatedOptions<OpenAiRecognitionOptions, OpenAiRecognitionOptionsValidator>(configuration, OpenAiRecognitionOptions.Section)
        .AddServer<OpenAiRecognitionOptions>(OpenAiRecognizer.ClientName)
        .AddEngine<ISpeechRecognizer, OpenAiRecognizer>(EngineName);

    /// <summary>Adds the translation engine of section <c>Translation:OpenAi</c>.</summary>
    internal static IServiceCollection AddOpenAiTranslation(this IServiceCollection services, IConfiguration configuration) => services
        .AddValidatedOptions<OpenAiTranslationOptions, OpenAiTranslationOptionsValidator>(configuration, OpenAiTranslationOptions.Section)
        .AddServer<OpenAiTranslationOptions>(OpenAiTranslator.ClientName)
        .AddKeyedSingleton<ITranslator, OpenAiTranslator>(EngineName);

    private static IServiceCollection AddServer<TOptions>(this IServiceCollection services, string client)
        where TOptions : OpenAiServerOptions =>
        services.AddEngineHttp<TOptions>(client, options => options.BaseAddress, options => options.ReadKey());
}
