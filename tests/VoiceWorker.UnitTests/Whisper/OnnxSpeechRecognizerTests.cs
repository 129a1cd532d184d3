using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Prometheus;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Pooling;
using VoiceWorker.Core.Ports;
using VoiceWorker.Whisper.Onnx;

namespace VoiceWorker.UnitTests.Whisper;

/// <summary>What can be said of the engine without a model.</summary>
public sealed class OnnxSpeechRecognizerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceworker-onnx-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Model => Path.Combine(_folder.FullName, "model.bin");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task CheckAsync_MissingModel_SaysWhatToSet()
    {
        await using var services = Start(("Stt:ModelPath", Model));

        var status = await services.GetRequiredService<ISpeechRecognizer>().CheckAsync(Token);

        Assert.False(status.Ready);
        Assert.Contains(Model, status.Detail, StringComparison.Ordinal);
        Assert.Contains("Stt:Onnx:ModelPath", status.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecognizeAsync_BrokenModel_IsAnEngineDownThatSaysWhatIsWrong()
    {
        await File.WriteAllTextAsync(Model, "no model at all", Token);
        await using var services = Start(("Stt:ModelPath", Model));
        var memory = new PooledMemory<float>(16_000);
        memory.Memory.Span.Clear();
        using var audio = new DecodedAudio(memory, 16_000, "wav");

        var error = await Assert.ThrowsAsync<EngineException>(() => services.GetRequiredService<ISpeechRecognizer>().RecognizeAsync(audio, "en", Token).AsTask());

        Assert.Equal((FailureKind.EngineDown, ErrorCode.EngineUnavailable), (error.Kind, error.Code));
        Assert.Contains("ggml", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecognizeAsync_NotANumber_IsABadJob()
    {
        await using var services = Start(("Stt:ModelPath", Model));
        var memory = new PooledMemory<float>(16_000);
        memory.Memory.Span[7] = float.NaN;
        using var audio = new DecodedAudio(memory, 16_000, "wav");

        var error = await Assert.ThrowsAsync<EngineException>(() => services.GetRequiredService<ISpeechRecognizer>().RecognizeAsync(audio, "en", Token).AsTask());

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedAudio), (error.Kind, error.Code));
    }

    [Theory]
    [InlineData("MaxBatch", "0")]
    [InlineData("Threads", "-1")]
    [InlineData("MaxFallbacks", "9")]
    [InlineData("ModelPath", "")]
    public async Task Options_OutOfRange_AreNamed(string option, string value)
    {
        await using var services = Start(($"Stt:Onnx:{option}", value));

        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<OnnxWhisperOptions>>().Value);

        Assert.Contains(option, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_OwnModel_GoesBeforeTheCommonOne()
    {
        await using var services = Start(("Stt:ModelPath", "common.bin"), ("Stt:Onnx:ModelPath", "own.bin"));

        Assert.Equal("own.bin", services.GetRequiredService<IOptions<OnnxWhisperOptions>>().Value.ModelPath);
    }

    private static ServiceProvider Start(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton<IMetricFactory>(Metrics.WithCustomRegistry(Metrics.NewCustomRegistry()))
            .AddOnnxSpeechRecognition(configuration)
            .BuildServiceProvider();
    }
}
