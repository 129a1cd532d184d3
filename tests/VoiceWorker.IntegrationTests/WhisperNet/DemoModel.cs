using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VoiceWorker.Core.Ports;
using VoiceWorker.Whisper.Onnx.VoiceActivity;
using VoiceWorker.WhisperNet;

namespace VoiceWorker.IntegrationTests.WhisperNet;

/// <summary>The engine with the demo model, as the host would register it.</summary>
internal static class DemoModel
{
    /// <summary>The demo model's file.</summary>
    public static string File { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../models/ggml-demo-en-es.bin"));

    /// <summary>Makes the engine, or skips the test where the engine is not in the build.</summary>
    /// <param name="settings">Settings beyond the model's path, as in section <c>Stt:WhisperNet</c>.</param>
    public static ServiceProvider Start(params (string Key, string Value)[] settings) => Start(null, settings);

    /// <summary>Makes the engine, or skips the test where the engine is not in the build.</summary>
    /// <param name="heartbeat">Is told that recordings move on; null for nobody.</param>
    /// <param name="settings">Settings beyond the model's path, as in section <c>Stt:WhisperNet</c>.</param>
    public static ServiceProvider Start(IHeartbeat? heartbeat, params (string Key, string Value)[] settings)
    {
        Assert.SkipUnless(WhisperNetEngine.IsAvailable, WhisperNetEngine.WhyUnavailable ?? "");
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Stt:ModelPath", File)])
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"{WhisperNetOptions.Section}:{s.Key}", (string?)s.Value)))
            .Build();
        var services = new ServiceCollection().AddLogging().AddWhisperNet(configuration).AddSpeechDetection(configuration);
        return (heartbeat is null ? services : services.AddSingleton(heartbeat)).BuildServiceProvider();
    }

    /// <summary>The engine of a container.</summary>
    public static ISpeechRecognizer Recognizer(this IServiceProvider services) => services.GetRequiredService<ISpeechRecognizer>();
}
