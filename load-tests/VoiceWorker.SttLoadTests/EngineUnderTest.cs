using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Prometheus;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Pooling;
using VoiceWorker.Core.Ports;
using VoiceWorker.Whisper.Onnx;
using VoiceWorker.Whisper.Onnx.VoiceActivity;
using VoiceWorker.WhisperNet;

namespace VoiceWorker.SttLoadTests;

/// <summary>An engine as the host registers it.</summary>
internal sealed class EngineUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly ISpeechRecognizer _recognizer;

    public EngineUnderTest(Candidate candidate, string model)
    {
        var section = candidate.Engine == "onnx" ? OnnxWhisperOptions.Section : WhisperNetOptions.Section;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Stt:ModelPath", model)])
            .AddInMemoryCollection(candidate.Settings.Select(setting => KeyValuePair.Create($"{section}:{setting.Key}", (string?)setting.Value)))
            .Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IMetricFactory>(Metrics.WithCustomRegistry(Metrics.NewCustomRegistry()));
        _services = (candidate.Engine == "onnx" ? services.AddOnnxSpeechRecognition(configuration) : services.AddWhisperNet(configuration).AddSpeechDetection(configuration)).BuildServiceProvider();
        _recognizer = _services.GetRequiredService<ISpeechRecognizer>();
    }

    /// <summary>Writes a recording down.</summary>
    public async Task<string> RecognizeAsync(Recording recording, CancellationToken cancellationToken)
    {
        var memory = new PooledMemory<float>(recording.Samples.Length);
        recording.Samples.CopyTo(memory.Memory);
        using var audio = new DecodedAudio(memory, recording.Samples.Length, "wav");
        return (await _recognizer.RecognizeAsync(audio, recording.Language, cancellationToken)).Text;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
