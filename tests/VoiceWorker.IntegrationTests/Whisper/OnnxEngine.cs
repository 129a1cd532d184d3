using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Prometheus;
using VoiceWorker.Core.Ports;
using VoiceWorker.IntegrationTests.WhisperNet;
using VoiceWorker.Whisper.Onnx;

namespace VoiceWorker.IntegrationTests.Whisper;

/// <summary>The <c>onnx</c> engine with the demo model, as the host registers it.</summary>
internal sealed class OnnxEngine : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    /// <summary>Makes the engine.</summary>
    /// <param name="settings">Settings beyond the model's path, as in section <c>Stt:Onnx</c>.</param>
    public OnnxEngine(params (string Key, string Value)[] settings)
        : this(null, settings)
    {
    }

    private OnnxEngine(string? detection, (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Stt:ModelPath", DemoModel.File), new("Stt:Vad", detection)])
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"{OnnxWhisperOptions.Section}:{s.Key}", (string?)s.Value)))
            .Build();
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IMetricFactory>(Metrics.WithCustomRegistry(Metrics.NewCustomRegistry()))
            .AddOnnxSpeechRecognition(configuration)
            .BuildServiceProvider();
    }

    /// <summary>Makes the engine with another voice activity detection.</summary>
    public static OnnxEngine WithVad(string detection) => new(detection, []);

    /// <summary>The engine.</summary>
    public ISpeechRecognizer Recognizer => _services.GetRequiredService<ISpeechRecognizer>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
