using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Ports;
using VoiceWorker.Host.Hosting;
using VoiceWorker.Whisper.Onnx.VoiceActivity;
using VoiceWorker.Whisper.VoiceActivity;

namespace VoiceWorker.UnitTests.Hosting;

public sealed class EnginesServiceCollectionExtensionsTests
{
    [Fact]
    public async Task AddEngines_OneEach_AreTheEnginesThemselves()
    {
        await using var app = DaemonCommand.Build(["--Stt:Engine=onnx"]);
        Assert.Equal(("onnx", "apertium", "espeak-ng"), Names(app.Services));
    }

    [Fact]
    public async Task AddEngines_BesideThePipeline_BeatThePipelineesOwnHeart()
    {
        await using var app = DaemonCommand.Build(["--Stt:Engine=onnx"]);
        Assert.Same(app.Services.GetRequiredService<Heartbeat>(), app.Services.GetRequiredService<IHeartbeat>());
    }

    [Fact]
    public async Task AddEngines_SeveralEach_AreChainsInTheirOrder()
    {
        await using var app = DaemonCommand.Build(["--Stt:Engine=openai, onnx", "--Translation:Engine=openai,apertium", "--Translation:OpenAi:Model=m", "--Tts:Engine=openai,espeak-ng"]);
        Assert.Equal(("openai, onnx", "openai, apertium", "openai, espeak-ng"), Names(app.Services));
    }

    [Fact]
    public void AddEngines_WrongNames_AreAllReportedTogetherWithEveryEnginesMistakes()
    {
        var errors = Assert.IsType<AggregateException>(Record.Exception(() => DaemonCommand.Build(
            ["--Stt:Engine=onnx,siri", "--Translation:Engine=openai,babelfish,openai", "--Tts:Engine=espeak-ng,", "--Tts:EspeakNg:ProcessTimeout=00:00:00"])));
        var failures = errors.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures).ToList();
        foreach (var words in (ReadOnlySpan<string>)["there is no 'siri'", "there is no 'babelfish', 'openai' is there twice", "a name is missing", "Model", "ProcessTimeout"])
            Assert.Contains(failures, failure => failure.Contains(words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", typeof(SileroDetector))]
    [InlineData("--Stt:Vad=silero", typeof(SileroDetector))]
    [InlineData("--Stt:Vad=off", typeof(EverySound))]
    [InlineData("--Stt:Vad=level", null)]
    public async Task AddEngines_VoiceActivityDetection_IsWhatTheSettingsName(string setting, Type? detector)
    {
        await using var app = DaemonCommand.Build(["--Stt:Engine=onnx", .. setting.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal(detector, app.Services.GetService<ISpeechDetector>()?.GetType());
    }

    [Fact]
    public void AddEngines_UnknownVoiceActivityDetection_IsRefused()
    {
        var error = Assert.Throws<OptionsValidationException>(() => DaemonCommand.Build(["--Stt:Engine=onnx", "--Stt:Vad=webrtc"]));
        Assert.Contains("Stt:Vad must be silero, level or off.", Assert.Single(error.Failures), StringComparison.Ordinal);
    }

    private static (string Stt, string Translation, string Tts) Names(IServiceProvider services) =>
        (services.GetRequiredService<ISpeechRecognizer>().Name, services.GetRequiredService<ITranslator>().Name, services.GetRequiredService<ISpeechSynthesizer>().Name);
}
