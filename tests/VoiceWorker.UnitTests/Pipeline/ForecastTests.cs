using Microsoft.Extensions.Time.Testing;
using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Pooling;

namespace VoiceWorker.UnitTests.Pipeline;

public sealed class ForecastTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly EarlyRefusalOptions _options = new() { MinimumSamples = 3, Margin = 2 };
    private readonly Forecast _forecast;

    public ForecastTests() => _forecast = new(_options, _time);

    [Fact]
    public void Refusal_LongAudioAndLittleTime_NamesBoth()
    {
        Observe(Stage.Transcribe, audioSeconds: 10, runSeconds: 5);
        Assert.Contains("deadline is in 14.0 s, and jobs like it take 30.0 s", Refusal(audioSeconds: 60, secondsLeft: 14));
    }

    [Theory]
    [InlineData(60, 16)]
    [InlineData(10, 3)]
    public void Refusal_WithinTheMargin_GivesTheJobItsChance(double audioSeconds, double secondsLeft)
    {
        Observe(Stage.Transcribe, audioSeconds: 10, runSeconds: 5);
        Assert.Null(Refusal(audioSeconds, secondsLeft));
    }

    [Fact]
    public void Refusal_LaterStages_CountWithTheirWaiting()
    {
        Observe(Stage.Transcribe, audioSeconds: 10, runSeconds: 5);
        Observe(Stage.Synthesize, audioSeconds: null, runSeconds: 4, waitSeconds: 20);
        Assert.Contains("take 29.0 s", Refusal(audioSeconds: 10, secondsLeft: 10));
    }

    [Fact]
    public void Refusal_OwnStagesWaiting_IsOver()
    {
        Observe(Stage.Transcribe, audioSeconds: 10, runSeconds: 5, waitSeconds: 100);
        Assert.Null(Refusal(audioSeconds: 10, secondsLeft: 3));
    }

    [Fact]
    public void Refusal_TooFewSamples_NeverHappens()
    {
        Observe(Stage.Transcribe, audioSeconds: 10, runSeconds: 5, times: 2);
        Assert.Null(Refusal(audioSeconds: 600, secondsLeft: 1));
    }

    [Fact]
    public void Refusal_StageBecameFaster_Follows()
    {
        Observe(Stage.Transcribe, audioSeconds: 10, runSeconds: 50);
        Observe(Stage.Transcribe, audioSeconds: 10, runSeconds: 1, times: 200);
        Assert.Null(Refusal(audioSeconds: 10, secondsLeft: 1));
    }

    [Fact]
    public void Refusal_SwitchedOff_NeverHappens()
    {
        _options.Enabled = false;
        Observe(Stage.Transcribe, audioSeconds: 10, runSeconds: 5);
        Assert.Null(Refusal(audioSeconds: 600, secondsLeft: 1));
    }

    [Fact]
    public void Refusal_NoDeadline_NeverHappens()
    {
        Observe(Stage.Transcribe, audioSeconds: 10, runSeconds: 5);
        Assert.Null(_forecast.Refusal(Stage.Transcribe, Audio(600), Job(new AudioInput(default)) with { Deadline = null }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Refusal_BeforeTranslation_OnlyWhenThatIsTheFirstWork(bool written)
    {
        Observe(Stage.Translate, audioSeconds: null, runSeconds: 30);
        var job = Job(written ? new TextInput("hi") : new AudioInput(default)) with { Deadline = _time.GetUtcNow().AddSeconds(1) };
        Assert.Equal(written, _forecast.Refusal(Stage.Translate, "transcript", job) is not null);
    }

    private string? Refusal(double audioSeconds, double secondsLeft) =>
        _forecast.Refusal(Stage.Transcribe, Audio(audioSeconds), Job(new AudioInput(default)) with { Deadline = _time.GetUtcNow().AddSeconds(secondsLeft) });

    private void Observe(Stage stage, double? audioSeconds, double runSeconds, double waitSeconds = 0, int times = 3)
    {
        for (var i = 0; i < times; i++)
            _forecast.Observe(stage, audioSeconds is { } seconds ? Audio(seconds) : null, TimeSpan.FromSeconds(waitSeconds), TimeSpan.FromSeconds(runSeconds));
    }

    private static DecodedAudio Audio(double seconds) => new(new PooledMemory<float>(1), (int)(seconds * DecodedAudio.SampleRate), "fake");

    private static VoiceJob Job(JobInput input) => new() { MessageId = "1", Input = input };
}
