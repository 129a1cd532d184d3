using Microsoft.Extensions.Time.Testing;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Admission;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Pooling;

namespace VoiceWorker.UnitTests.Pipeline;

public sealed class ForecastTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly EarlyRefusalOptions _options = new() { MinimumSamples = 3, Margin = 2 };
    private readonly Dictionary<Stage, double> _queued = [];
    private readonly Forecast _forecast;

    public ForecastTests() => _forecast = new(_options, stage => _queued.GetValueOrDefault(stage), _time);

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
    public void Refusal_LaterStages_CountWithWhatWaitsThereNow()
    {
        Observe(Stage.Transcribe, audioSeconds: 10, runSeconds: 5);
        Observe(Stage.Synthesize, audioSeconds: null, runSeconds: 4);
        _queued[Stage.Synthesize] = 5;
        Assert.Contains("take 29.0 s", Refusal(audioSeconds: 10, secondsLeft: 10));
    }

    [Fact]
    public void Refusal_QueueOfLaterStagesIsEmptyAgain_CountsAsNoWait()
    {
        Observe(Stage.Transcribe, audioSeconds: 10, runSeconds: 5);
        Observe(Stage.Synthesize, audioSeconds: null, runSeconds: 4);
        _queued[Stage.Synthesize] = 5;
        Assert.NotNull(Refusal(audioSeconds: 10, secondsLeft: 5));
        _queued.Clear();
        Assert.Null(Refusal(audioSeconds: 10, secondsLeft: 5));
    }

    [Fact]
    public void Refusal_OwnStagesQueue_IsBehindTheJob()
    {
        Observe(Stage.Transcribe, audioSeconds: 10, runSeconds: 5);
        _queued[Stage.Transcribe] = 100;
        Assert.Null(Refusal(audioSeconds: 10, secondsLeft: 3));
    }

    [Fact]
    public void Refusal_NobodyGotThroughForAWhile_LetsOneTry()
    {
        Observe(Stage.Transcribe, audioSeconds: 10, runSeconds: 20);
        Assert.NotNull(Refusal(audioSeconds: 10, secondsLeft: 2));

        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Null(Refusal(audioSeconds: 10, secondsLeft: 2));
        Assert.NotNull(Refusal(audioSeconds: 10, secondsLeft: 2));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(Refusal(audioSeconds: 10, secondsLeft: 2));
    }

    [Fact]
    public void Refusal_JobsTakeLongerThanTheMemory_WaitsForOneBeforeItLetsOneTry()
    {
        Observe(Stage.Transcribe, audioSeconds: 10, runSeconds: 100);
        _time.Advance(TimeSpan.FromSeconds(99));
        Assert.NotNull(Refusal(audioSeconds: 10, secondsLeft: 2));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Refusal(audioSeconds: 10, secondsLeft: 2));
    }

    [Fact]
    public void Refusal_TheOneThatTriedWasQuick_LetsTheOthersFollow()
    {
        Observe(Stage.Transcribe, audioSeconds: 10, runSeconds: 20, times: 100);
        for (var tries = 0; Refusal(audioSeconds: 10, secondsLeft: 2) is not null; tries++)
        {
            Assert.True(tries < 5, "An engine that is quick again is not believed.");
            _time.Advance(TimeSpan.FromSeconds(30));
            Assert.Null(Refusal(audioSeconds: 10, secondsLeft: 2));
            Observe(Stage.Transcribe, audioSeconds: 10, runSeconds: 0.1, times: 1);
        }
    }

    [Fact]
    public void Refusal_WorkerIdleForLong_NeverHappens()
    {
        Observe(Stage.Transcribe, audioSeconds: 10, runSeconds: 20, times: 100);

        _time.Advance(TimeSpan.FromSeconds(300));

        for (var i = 0; i < 10; i++)
            Assert.Null(Refusal(audioSeconds: 10, secondsLeft: 1));
        // What it learns then starts anew.
        Observe(Stage.Transcribe, audioSeconds: 10, runSeconds: 20, times: 2);
        Assert.Null(Refusal(audioSeconds: 10, secondsLeft: 1));
        Observe(Stage.Transcribe, audioSeconds: 10, runSeconds: 20, times: 1);
        Assert.NotNull(Refusal(audioSeconds: 10, secondsLeft: 1));
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

    private void Observe(Stage stage, double? audioSeconds, double runSeconds, int times = 3)
    {
        for (var i = 0; i < times; i++)
            _forecast.Observe(stage, audioSeconds is { } seconds ? Audio(seconds) : null, TimeSpan.FromSeconds(runSeconds));
    }

    private static DecodedAudio Audio(double seconds) => new(new PooledMemory<float>(1), (int)(seconds * DecodedAudio.SampleRate), "fake");

    private static VoiceJob Job(JobInput input) => new() { MessageId = "1", Input = input };
}
