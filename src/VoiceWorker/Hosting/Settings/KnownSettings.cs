using System.Collections;
using System.Reflection;
using VoiceWorker.Audio;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Engines.Apertium;
using VoiceWorker.Engines.EspeakNg;
using VoiceWorker.Engines.LibreTranslate;
using VoiceWorker.Engines.OpenAi.Chat;
using VoiceWorker.Engines.OpenAi.Recognition;
using VoiceWorker.Engines.OpenAi.Synthesis;
using VoiceWorker.Engines.Translation;
using VoiceWorker.Host.Cli.Models;
using VoiceWorker.Host.Telemetry;
using VoiceWorker.RabbitMq;
using VoiceWorker.RabbitMq.Idempotency;
using VoiceWorker.Whisper.Hosting;
using VoiceWorker.Whisper.Onnx;
using VoiceWorker.WhisperNet;

namespace VoiceWorker.Host.Hosting.Settings;

/// <summary>Every setting of the worker by its name, <c>Section:Key</c>, whichever engines are in use. Case does not matter.</summary>
internal static class KnownSettings
{
    /// <summary>The worker's sections and what they are bound to.</summary>
    public static readonly IReadOnlyList<(string Section, Type Options)> Sections =
    [
        ("Pipeline", typeof(PipelineOptions)),
        (RabbitMqServiceCollectionExtensions.Section, typeof(RabbitMqOptions)),
        (RabbitMqServiceCollectionExtensions.FinishedJobsSection, typeof(FinishedJobsOptions)),
        (AudioOptions.Section, typeof(AudioOptions)),
        (SttOptions.Section, typeof(SttOptions)),
        (OnnxWhisperOptions.Section, typeof(OnnxWhisperOptions)),
        (WhisperNetOptions.Section, typeof(WhisperNetOptions)),
        (OpenAiRecognitionOptions.Section, typeof(OpenAiRecognitionOptions)),
        (SpeechModelOptions.Section, typeof(SpeechModelOptions)),
        (ModelPullOptions.Section, typeof(ModelPullOptions)),
        (TranslationOptions.Section, typeof(TranslationOptions)),
        (TranslationCacheOptions.Section, typeof(TranslationCacheOptions)),
        (ApertiumOptions.Section, typeof(ApertiumOptions)),
        (LibreTranslateOptions.Section, typeof(LibreTranslateOptions)),
        (OpenAiTranslationOptions.Section, typeof(OpenAiTranslationOptions)),
        (TtsOptions.Section, typeof(TtsOptions)),
        (EspeakNgOptions.Section, typeof(EspeakNgOptions)),
        (OpenAiSpeechOptions.Section, typeof(OpenAiSpeechOptions)),
        (TracingOptions.Section, typeof(TracingOptions)),
        (HttpOptions.Section, typeof(HttpOptions)),
    ];

    // .NET's own, which have more names than could be listed.
    private static readonly string[] Frameworks = ["Logging", "Kestrel"];

    private static readonly HashSet<string> Single = new(StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> Lists = new(StringComparer.OrdinalIgnoreCase);

    static KnownSettings()
    {
        foreach (var (section, options) in Sections)
            Add(section, options);
    }

    /// <summary>Every setting's name; a list's or a table's is that of the whole.</summary>
    public static IEnumerable<string> All => Single.Concat(Lists);

    /// <summary>The first parts of the names.</summary>
    public static IEnumerable<string> TopSections => Sections.Select(known => known.Section.Split(':')[0]).Concat(Frameworks).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a key of the configuration is read by anybody.</summary>
    public static bool Has(string key) =>
        Single.Contains(key)
        || Frameworks.Any(section => key.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase))
        || Lists.Any(list => key.Equals(list, StringComparison.OrdinalIgnoreCase) || key.StartsWith(list + ":", StringComparison.OrdinalIgnoreCase));

    private static void Add(string prefix, Type options)
    {
        foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var (key, type) = ($"{prefix}:{property.Name}", property.PropertyType);
            if (type.IsClass && type.Namespace!.StartsWith(nameof(VoiceWorker), StringComparison.Ordinal))
                Add(key, type);
            else if (type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)))
                Lists.Add(key);
            else if (property.CanWrite)
                Single.Add(key);
        }
    }
}
