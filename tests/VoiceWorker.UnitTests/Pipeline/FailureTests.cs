using Microsoft.Extensions.Time.Testing;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.UnitTests.Pipeline;

/// <summary>Every way in which a stage can fail, and what becomes of the job.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly TestPipeline _pipeline = new();

    public static TheoryData<Stage, string> EveryStageAndException()
    {
        var data = new TheoryData<Stage, string>();
        foreach (var stage in (Stage[])[Stage.Decode, Stage.Transcribe, Stage.Translate])
        {
            foreach (var exception in (string[])["cancelled", "unexpected", "transient", "bad"])
                data.Add(stage, exception);
        }

        return data;
    }

    public void Dispose() => _pipeline.Dispose();

    [Theory]
    [MemberData(nameof(EveryStageAndException))]
    public async Task SendAsync_StageThrows_AnswersAndSettlesEveryJob(Stage stage, string exception)
    {
        Break(stage, _ => throw Exception(exception));
        var deliveries = Enumerable.Range(0, 40).Select(_ => new FakeDelivery()).ToArray();
        foreach (var delivery in deliveries)
            await _pipeline.Pipeline.SendAsync(_pipeline.AudioJob(), delivery);
        foreach (var delivery in deliveries)
            await delivery.SettledAsync();

        Assert.All(deliveries, d => Assert.Equal(stage, Assert.IsType<ErrorReply>(Assert.Single(d.Replies)).Failure.Stage));
        Assert.All(deliveries, d => Assert.IsType<Settlement.DeadLetter>(Assert.Single(d.Settlements)));
        Break(stage, _ => ValueTask.CompletedTask);
        Assert.IsType<Settlement.Done>(Assert.Single((await _pipeline.RunAsync(_pipeline.AudioJob())).Settlements));
        Assert.Equal(0, _pipeline.Engines.LiveBuffers);
    }

    [Fact]
    public async Task SendAsync_TransientFault_IsRetriedInProcess()
    {
        var tries = 0;
        _pipeline.Engines.OnTranslate = _ => ++tries < 3 ? throw EngineException.Transient(ErrorCode.TranslationFailed, "busy") : ValueTask.CompletedTask;

        var delivery = await _pipeline.RunAsync(_pipeline.AudioJob());

        Assert.IsType<Settlement.Done>(Assert.Single(delivery.Settlements));
        Assert.Contains("voiceworker_stage_retries_total{stage=\"translate\"} 2", await _pipeline.MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_BadJob_IsNeverRetried()
    {
        var tries = 0;
        _pipeline.Engines.OnDecode = _ => { tries++; throw EngineException.BadJob(ErrorCode.UnsupportedAudio, "noise"); };

        var delivery = await _pipeline.RunAsync(_pipeline.AudioJob(), new FakeDelivery { HasRetriesLeft = true });

        Assert.Equal(1, tries);
        Assert.Equal(ErrorCode.UnsupportedAudio, Assert.IsType<Settlement.DeadLetter>(Assert.Single(delivery.Settlements)).Failure.Code);
    }

    [Fact]
    public async Task SendAsync_TransientFaultWithAttemptsLeft_IsRetriedLaterWithoutAReply()
    {
        _pipeline.Engines.OnTranslate = _ => throw EngineException.Transient(ErrorCode.TranslationFailed, "busy");

        var delivery = await _pipeline.RunAsync(_pipeline.AudioJob(), new FakeDelivery { HasRetriesLeft = true });

        Assert.Empty(delivery.Replies);
        Assert.Equal("busy", Assert.IsType<Settlement.RetryLater>(Assert.Single(delivery.Settlements)).Failure.Message);
    }

    [Fact]
    public async Task SendAsync_EngineHangs_EndsWithTheStagesTimeout()
    {
        using var pipeline = new TestPipeline(o => (o.Transcribe.Timeout, o.Transcribe.Retries) = (TimeSpan.FromMilliseconds(50), 0));
        pipeline.Engines.OnRecognize = async token => await Task.Delay(Timeout.Infinite, token);

        var delivery = await pipeline.RunAsync(pipeline.AudioJob());

        Assert.Equal(ErrorCode.StageTimeout, Assert.IsType<ErrorReply>(Assert.Single(delivery.Replies)).Failure.Code);
    }

    [Fact]
    public async Task SendAsync_EngineIgnoresItsCancellation_IsAbandonedAndKeepsItsBuffer()
    {
        var time = new FakeTimeProvider();
        using var pipeline = new TestPipeline(o => o.Transcribe.Retries = 2, time);
        var never = new TaskCompletionSource();
        pipeline.Engines.OnRecognize = async _ => await never.Task;

        var job = pipeline.RunAsync(pipeline.AudioJob());
        for (; !job.IsCompleted; await Task.Delay(1, TestContext.Current.CancellationToken))
            time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(ErrorCode.StageTimeout, Assert.IsType<ErrorReply>(Assert.Single((await job).Replies)).Failure.Code);
        Assert.Equal(1, pipeline.Engines.LiveBuffers);
    }

    [Fact]
    public async Task SendAsync_DeadlinePassed_IsNotWorkedOn()
    {
        _pipeline.Engines.OnDecode = _ => throw new InvalidOperationException("Nobody waits for this.");

        var delivery = await _pipeline.RunAsync(_pipeline.AudioJob() with { Deadline = TimeProvider.System.GetUtcNow().AddSeconds(-1) });

        Assert.Equal(ErrorCode.DeadlineExceeded, Assert.IsType<ErrorReply>(Assert.Single(delivery.Replies)).Failure.Code);
    }

    [Fact]
    public async Task SendAsync_DeadlineDuringAStage_AbortsTheEngine()
    {
        _pipeline.Engines.OnRecognize = async token => await Task.Delay(Timeout.Infinite, token);

        var delivery = await _pipeline.RunAsync(_pipeline.AudioJob() with { Deadline = TimeProvider.System.GetUtcNow().AddMilliseconds(200) });

        Assert.Equal(ErrorCode.DeadlineExceeded, Assert.IsType<Settlement.DeadLetter>(Assert.Single(delivery.Settlements)).Failure.Code);
    }

    [Theory]
    [InlineData(Stage.Synthesize)]
    [InlineData(Stage.Encode)]
    public async Task SendAsync_SpeechFailsForGood_StillSendsTheTexts(Stage stage)
    {
        Break(stage, _ => throw EngineException.Transient(ErrorCode.SynthesisFailed, "hoarse"));

        var delivery = await _pipeline.RunAsync(_pipeline.AudioJob(), new FakeDelivery { HasRetriesLeft = true });

        var reply = Assert.IsType<TranslationReply>(Assert.Single(delivery.Replies));
        Assert.Equal("es:hello", reply.Translation.Text);
        Assert.True(reply.NeedsFallback);
        Assert.Null(reply.TranslatedAudio);
        Assert.IsType<Settlement.Done>(Assert.Single(delivery.Settlements));
    }

    [Fact]
    public async Task SendAsync_UnknownVoice_IsAnError()
    {
        _pipeline.Engines.OnSynthesize = _ => throw EngineException.BadJob(ErrorCode.UnsupportedOption, "No such voice.");

        var delivery = await _pipeline.RunAsync(_pipeline.AudioJob());

        Assert.Equal(ErrorCode.UnsupportedOption, Assert.IsType<ErrorReply>(Assert.Single(delivery.Replies)).Failure.Code);
    }

    [Fact]
    public async Task SendAsync_ReplyUndeliverable_IsDeadLetteredOnce()
    {
        var delivery = await _pipeline.RunAsync(_pipeline.AudioJob(), new FakeDelivery { OnReply = _ => throw new ReplyUndeliverableException("No queue gone.") });

        Assert.Equal(ErrorCode.ReplyUndeliverable, Assert.IsType<Settlement.DeadLetter>(Assert.Single(delivery.Settlements)).Failure.Code);
    }

    [Theory]
    [InlineData("cancelled", true, typeof(Settlement.RetryLater))]
    [InlineData("unexpected", true, typeof(Settlement.RetryLater))]
    [InlineData("cancelled", false, typeof(Settlement.DeadLetter))]
    [InlineData("unexpected", false, typeof(Settlement.DeadLetter))]
    [InlineData("transient", false, typeof(Settlement.Return))]
    public async Task SendAsync_ReplyThrowsAnything_SettlesEveryJob(string exception, bool hasRetriesLeft, Type settlement)
    {
        var deliveries = Enumerable.Range(0, 40).Select(_ => new FakeDelivery { HasRetriesLeft = hasRetriesLeft, OnReply = _ => throw Exception(exception) }).ToArray();
        foreach (var delivery in deliveries)
            await _pipeline.Pipeline.SendAsync(_pipeline.AudioJob(), delivery);
        foreach (var delivery in deliveries)
            await delivery.SettledAsync();

        Assert.All(deliveries, d => Assert.IsType(settlement, Assert.Single(d.Settlements)));
        Assert.IsType<Settlement.Done>(Assert.Single((await _pipeline.RunAsync(_pipeline.AudioJob())).Settlements));
        await _pipeline.Pipeline.DrainAsync().WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("cancelled")]
    [InlineData("unexpected")]
    [InlineData("transient")]
    public async Task SendAsync_SettlingThrowsAnything_GivesTheDeliveryBackUnsettledAndGoesOn(string exception)
    {
        var deliveries = Enumerable.Range(0, 40).Select(_ => new FakeDelivery { OnSettle = _ => throw Exception(exception) }).ToArray();
        foreach (var delivery in deliveries)
            await _pipeline.Pipeline.SendAsync(_pipeline.AudioJob(), delivery);
        foreach (var delivery in deliveries)
            await delivery.DisposedAsync();

        Assert.All(deliveries, d => Assert.Empty(d.Settlements));
        Assert.IsType<Settlement.Done>(Assert.Single((await _pipeline.RunAsync(_pipeline.AudioJob())).Settlements));
        await _pipeline.Pipeline.DrainAsync().WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task SendAsync_BrokerBlocksForLongerThanAnyStage_WaitsAndDoesNothingTwice()
    {
        using var pipeline = new TestPipeline(o => o.Translate.Timeout = TimeSpan.FromMilliseconds(50));
        var (unblocked, tries) = (new TaskCompletionSource(), 0);
        var delivery = new FakeDelivery
        {
            OnReply = async _ =>
            {
                tries++;
                await unblocked.Task;
            },
        };
        await pipeline.Pipeline.SendAsync(pipeline.AudioJob(), delivery);
        await Task.Delay(200, TestContext.Current.CancellationToken);

        unblocked.SetResult();

        Assert.IsType<Settlement.Done>(await delivery.SettledAsync());
        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task SendAsync_ReplyIsTooLarge_ComesAsOpusThenAsTextsThenAsAnError()
    {
        var fits = 3;
        FakeDelivery Delivery() => new() { OnReply = reply => Size(reply) > fits ? throw new ReplyUndeliverableException("too large", isTooLarge: true) : ValueTask.CompletedTask };
        static int Size(Reply reply) => reply switch
        {
            TranslationReply { TranslatedAudio.Format: AudioFormat.Wav } => 3,
            TranslationReply { TranslatedAudio: not null } => 2,
            TranslationReply => 1,
            _ => 0,
        };
        var job = _pipeline.AudioJob() with { ReplyFormat = AudioFormat.Wav };
        List<(Reply Reply, Settlement Settlement)> ends = [];
        for (; fits >= 0; fits--)
        {
            var delivery = await _pipeline.RunAsync(job, Delivery());
            ends.Add((Assert.Single(delivery.Replies), Assert.Single(delivery.Settlements)));
        }

        Assert.Equal(AudioFormat.Wav, Assert.IsType<TranslationReply>(ends[0].Reply).TranslatedAudio!.Format);
        Assert.Equal(AudioFormat.OggOpus, Assert.IsType<TranslationReply>(ends[1].Reply).TranslatedAudio!.Format);
        var texts = Assert.IsType<TranslationReply>(ends[2].Reply);
        Assert.Equal((null, true, "es:hello"), (texts.TranslatedAudio, texts.NeedsFallback, texts.Translation.Text));
        Assert.Equal(ErrorCode.ReplyUndeliverable, Assert.IsType<ErrorReply>(ends[3].Reply).Failure.Code);
        Assert.All(ends[..3], end => Assert.IsType<Settlement.Done>(end.Settlement));
        Assert.IsType<Settlement.DeadLetter>(ends[3].Settlement);
    }

    [Fact]
    public async Task SendAsync_ReplyIsTooLargeAndOpusFails_ComesAsTexts()
    {
        _pipeline.Engines.OnRecode = _ => throw new IOException("the encoder's pipe broke");
        var delivery = await _pipeline.RunAsync(_pipeline.AudioJob() with { ReplyFormat = AudioFormat.Wav }, new FakeDelivery
        {
            OnReply = reply => reply is TranslationReply { TranslatedAudio: not null } ? throw new ReplyUndeliverableException("too large", isTooLarge: true) : ValueTask.CompletedTask,
        });

        Assert.True(Assert.IsType<TranslationReply>(Assert.Single(delivery.Replies)).NeedsFallback);
        Assert.IsType<Settlement.Done>(Assert.Single(delivery.Settlements));
    }

    [Fact]
    public async Task SendAsync_SamplesCannotBeGivenBack_IsAnsweredAllTheSame()
    {
        _pipeline.Engines.OnRelease = () => throw new InvalidOperationException("requeued twice");

        var delivery = await _pipeline.RunAsync(_pipeline.AudioJob());

        Assert.IsType<TranslationReply>(Assert.Single(delivery.Replies));
        Assert.IsType<Settlement.Done>(Assert.Single(delivery.Settlements));
    }

    [Fact]
    public async Task SendAsync_BrokerDoesNotConfirm_ReturnsTheJob()
    {
        var delivery = await _pipeline.RunAsync(_pipeline.AudioJob(), new FakeDelivery { OnReply = _ => throw EngineException.Transient(ErrorCode.EngineUnavailable, "no confirm") });

        Assert.IsType<Settlement.Return>(Assert.Single(delivery.Settlements));
    }

    [Fact]
    public async Task SendAsync_DeadLetterQueueUnreachable_ReturnsTheJob()
    {
        _pipeline.Engines.OnDecode = _ => throw EngineException.BadJob(ErrorCode.UnsupportedAudio, "noise");
        var delivery = new FakeDelivery
        {
            OnSettle = s => s is Settlement.DeadLetter ? throw EngineException.Transient(ErrorCode.EngineUnavailable, "no confirm") : ValueTask.CompletedTask,
        };

        await _pipeline.RunAsync(_pipeline.AudioJob(), delivery);

        Assert.IsType<Settlement.Return>(Assert.Single(delivery.Settlements));
    }

    private static Exception Exception(string kind) => kind switch
    {
        "cancelled" => new OperationCanceledException(),
        "transient" => EngineException.Transient(ErrorCode.EngineUnavailable, "busy"),
        "bad" => EngineException.BadJob(ErrorCode.UnsupportedAudio, "noise"),
        _ => new InvalidOperationException("a defect"),
    };

    private void Break(Stage stage, Func<CancellationToken, ValueTask> work)
    {
        switch (stage)
        {
            case Stage.Decode: _pipeline.Engines.OnDecode = work; break;
            case Stage.Transcribe: _pipeline.Engines.OnRecognize = work; break;
            case Stage.Translate: _pipeline.Engines.OnTranslate = work; break;
            case Stage.Synthesize: _pipeline.Engines.OnSynthesize = work; break;
            case Stage.Encode: _pipeline.Engines.OnEncode = work; break;
            default: throw new ArgumentOutOfRangeException(nameof(stage));
        }
    }
}
