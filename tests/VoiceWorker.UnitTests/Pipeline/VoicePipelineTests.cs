using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.UnitTests.Pipeline;

public sealed class VoicePipelineTests : IDisposable
{
    private readonly TestPipeline _pipeline = new();

    public void Dispose() => _pipeline.Dispose();

    [Fact]
    public void Links_Always_HaveTheDesignedShape() => Assert.Equal(
        """
        decode -> publish (failed)
        decode -> transcribe
        encode -> publish
        publish -> settle
        synthesize -> encode
        synthesize -> publish (failed)
        transcribe -> publish (failed)
        transcribe -> translate
        translate -> publish (failed)
        translate -> synthesize
        """,
        string.Join('\n', _pipeline.Pipeline.Links.Order(StringComparer.Ordinal)));

    [Fact]
    public async Task SendAsync_AudioJob_RepliesWithBothTextsAndSpeech()
    {
        var delivery = await _pipeline.RunAsync(_pipeline.AudioJob());

        var reply = Assert.IsType<TranslationReply>(Assert.Single(delivery.Replies));
        Assert.Equal("hello", reply.Translation.Source.Text);
        Assert.Equal("es:hello", reply.Translation.Text);
        Assert.Equal(AudioFormat.OggOpus, reply.TranslatedAudio?.Format);
        Assert.Equal("es", reply.VoiceUsed);
    }

    [Fact]
    public async Task SendAsync_ManyJobs_SettlesEachExactlyOnce()
    {
        var deliveries = Enumerable.Range(0, 500).Select(_ => new FakeDelivery()).ToArray();

        await Parallel.ForEachAsync(deliveries, TestContext.Current.CancellationToken, async (delivery, _) => await _pipeline.Pipeline.SendAsync(_pipeline.AudioJob(), delivery));
        foreach (var delivery in deliveries)
            await delivery.SettledAsync();

        Assert.All(deliveries, d => Assert.IsType<Settlement.Done>(Assert.Single(d.Settlements)));
        Assert.Equal(0, _pipeline.Engines.LiveBuffers);
    }

    [Fact]
    public async Task SendAsync_TextJob_SkipsDecodeAndTranscribe()
    {
        _pipeline.Engines.OnDecode = _pipeline.Engines.OnRecognize = _ => throw new InvalidOperationException("A text job came by.");

        var delivery = await _pipeline.RunAsync(_pipeline.TextJob());

        Assert.Equal("es:good day", Assert.IsType<TranslationReply>(Assert.Single(delivery.Replies)).Translation.Text);
    }

    [Fact]
    public async Task SendAsync_TextJobWhileRecognitionIsFull_IsNotHeldUp()
    {
        var gate = new TaskCompletionSource();
        _pipeline.Engines.OnRecognize = async _ => await gate.Task;
        var audio = Enumerable.Range(0, _pipeline.Pipeline.Capacity).Select(_ => new FakeDelivery()).ToArray();
        var sends = audio.Select(d => _pipeline.Pipeline.SendAsync(_pipeline.AudioJob(), d).AsTask()).ToArray();

        var text = await _pipeline.RunAsync(_pipeline.TextJob());

        Assert.IsType<Settlement.Done>(Assert.Single(text.Settlements));
        Assert.All(audio, d => Assert.Empty(d.Settlements));
        gate.SetResult();
        await Task.WhenAll(sends);
    }

    [Fact]
    public async Task SendAsync_FullPipeline_WaitsUntilThereIsRoom()
    {
        using var pipeline = new TestPipeline(o => (o.Decode.Parallelism, o.Decode.Capacity, o.Transcribe.Parallelism, o.Transcribe.Capacity) = (1, 1, 1, 1));
        var gate = new TaskCompletionSource();
        pipeline.Engines.OnRecognize = async _ => await gate.Task;
        Assert.True(await pipeline.Pipeline.SendAsync(pipeline.AudioJob(), new FakeDelivery()));
        Assert.True(await pipeline.Pipeline.SendAsync(pipeline.AudioJob(), new FakeDelivery()));

        var third = pipeline.Pipeline.SendAsync(pipeline.AudioJob(), new FakeDelivery()).AsTask();
        var fourth = pipeline.Pipeline.SendAsync(pipeline.AudioJob(), new FakeDelivery()).AsTask();

        Assert.False(fourth.IsCompleted);
        gate.SetResult();
        Assert.True(await third);
        Assert.True(await fourth);
    }

    [Fact]
    public async Task SendAsync_InvalidMessage_IsAnsweredAndDeadLettered()
    {
        var failure = new StageFailure(Stage.Intake, FailureKind.BadJob, ErrorCode.NoInput, "No audio or text data provided");

        var delivery = await _pipeline.RunAsync(_pipeline.AudioJob() with { Input = new InvalidInput(failure) });

        Assert.Equal(failure, Assert.IsType<ErrorReply>(Assert.Single(delivery.Replies)).Failure);
        Assert.Equal(failure, Assert.IsType<Settlement.DeadLetter>(Assert.Single(delivery.Settlements)).Failure);
    }

    [Fact]
    public async Task SendAsync_SilentAudio_RepliesWithEmptyTextsAndAsksNoFurtherEngine()
    {
        _pipeline.Engines.HeardText = "";
        _pipeline.Engines.OnTranslate = _pipeline.Engines.OnSynthesize = _ => throw new InvalidOperationException("Nothing was said.");

        var delivery = await _pipeline.RunAsync(_pipeline.AudioJob());

        var reply = Assert.IsType<TranslationReply>(Assert.Single(delivery.Replies));
        Assert.Equal(("", "", false), (reply.Translation.Source.Text, reply.Translation.Text, reply.NeedsFallback));
    }

    [Fact]
    public async Task SendAsync_ProgressWanted_ReportsEachStepOnceAndInOrder()
    {
        var tries = 0;
        _pipeline.Engines.OnTranslate = _ => ++tries == 1 ? throw EngineException.Transient(ErrorCode.TranslationFailed, "again") : ValueTask.CompletedTask;

        var delivery = await _pipeline.RunAsync(_pipeline.AudioJob() with { WantsProgress = true });

        Assert.Equal(
            [ProgressEvent.Started, ProgressEvent.DecodingAudio, ProgressEvent.SpeechRecognition, ProgressEvent.SpeechRecognized, ProgressEvent.Translating, ProgressEvent.Translated, ProgressEvent.TextToSpeech],
            delivery.Replies.OfType<ProgressReply>().Select(r => r.Event));
        Assert.IsType<TranslationReply>(delivery.Replies.Last());
    }

    [Fact]
    public async Task SendAsync_OriginalAudioWanted_SpeaksBothTexts()
    {
        var delivery = await _pipeline.RunAsync(_pipeline.AudioJob() with { IncludeOriginalAudio = true });

        var reply = Assert.IsType<TranslationReply>(Assert.Single(delivery.Replies));
        Assert.NotNull(reply.TranslatedAudio);
        Assert.NotNull(reply.OriginalAudio);
    }

    [Fact]
    public async Task DrainAsync_JobsInFlight_FinishesThemAndTakesNoMore()
    {
        var gate = new TaskCompletionSource();
        _pipeline.Engines.OnRecognize = async _ => await gate.Task;
        var deliveries = Enumerable.Range(0, 8).Select(_ => new FakeDelivery()).ToArray();
        var sends = deliveries.Select(d => _pipeline.Pipeline.SendAsync(_pipeline.AudioJob(), d).AsTask()).ToArray();

        var drain = _pipeline.Pipeline.DrainAsync();
        Assert.False(await _pipeline.Pipeline.SendAsync(_pipeline.AudioJob(), new FakeDelivery()));
        gate.SetResult();
        await drain;

        Assert.All(await Task.WhenAll(sends), Assert.True);
        Assert.All(deliveries, d => Assert.IsType<Settlement.Done>(Assert.Single(d.Settlements)));
    }

    [Fact]
    public async Task DrainAsync_JobsThatHaveNotBegun_GoBackAtOnce()
    {
        using var pipeline = new TestPipeline(o => (o.Decode.Parallelism, o.Transcribe.Parallelism) = (1, 1));
        var gate = new TaskCompletionSource();
        pipeline.Engines.OnRecognize = async _ => await gate.Task;
        var working = Enumerable.Range(0, 2).Select(_ => pipeline.Pipeline.SendAsync(pipeline.AudioJob(), new FakeDelivery()).AsTask()).ToArray();
        var delivery = new FakeDelivery();
        var waiting = pipeline.Pipeline.SendAsync(pipeline.AudioJob(), delivery);

        var drain = pipeline.Pipeline.DrainAsync();

        Assert.IsType<Settlement.Return>(await delivery.SettledAsync());
        Assert.True(await waiting);
        gate.SetResult();
        await drain;
        await Task.WhenAll(working);
    }

    [Fact]
    public async Task DrainAsync_JobsNotDoneInTime_GoBackToTheQueue()
    {
        using var pipeline = new TestPipeline(o => o.DrainTimeout = TimeSpan.FromSeconds(2));
        pipeline.Engines.OnRecognize = async token => await Task.Delay(Timeout.Infinite, token);
        var deliveries = Enumerable.Range(0, 30).Select(_ => new FakeDelivery()).ToArray();
        var sends = deliveries.Select(d => pipeline.Pipeline.SendAsync(pipeline.AudioJob(), d).AsTask()).ToArray();

        await pipeline.Pipeline.DrainAsync();

        Assert.All(deliveries, d => Assert.IsType<Settlement.Return>(Assert.Single(d.Settlements)));
        Assert.All(deliveries, d => Assert.Empty(d.Replies));
        Assert.Equal(0, pipeline.Engines.LiveBuffers);
        await Task.WhenAll(sends);
    }

    [Fact]
    public async Task Metrics_AfterAJob_CountEveryStage()
    {
        await _pipeline.RunAsync(_pipeline.AudioJob());
        await _pipeline.Pipeline.DrainAsync();

        var text = await _pipeline.MetricsAsync();
        foreach (var stage in (string[])["decode", "transcribe", "translate", "synthesize", "encode", "publish", "settle"])
            Assert.Contains($"voiceworker_stage_run_seconds_count{{stage=\"{stage}\"}} 1", text, StringComparison.Ordinal);
        Assert.Contains("voiceworker_jobs_total{outcome=\"done\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("voiceworker_job_duration_seconds_count{input=\"audio\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("voiceworker_jobs_in_flight 0", text, StringComparison.Ordinal);
    }
}
