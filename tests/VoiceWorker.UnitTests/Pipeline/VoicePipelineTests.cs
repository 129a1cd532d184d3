using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.UnitTests.Pipeline;

public sealed class VoicePipelineTests : IDisposable
{
    private readonly TestMesh _mesh = new();

    public void Dispose() => _mesh.Dispose();

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
        string.Join('\n', _mesh.Pipeline.Links.Order(StringComparer.Ordinal)));

    [Fact]
    public async Task SendAsync_AudioJob_RepliesWithBothTextsAndSpeech()
    {
        var delivery = await _mesh.RunAsync(_mesh.AudioJob());

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

        await Parallel.ForEachAsync(deliveries, TestContext.Current.CancellationToken, async (delivery, _) => await _mesh.Pipeline.SendAsync(_mesh.AudioJob(), delivery));
        foreach (var delivery in deliveries)
            await delivery.SettledAsync();

        Assert.All(deliveries, d => Assert.IsType<Settlement.Done>(Assert.Single(d.Settlements)));
        Assert.Equal(0, _mesh.Engines.LiveBuffers);
    }

    [Fact]
    public async Task SendAsync_TextJob_SkipsDecodeAndTranscribe()
    {
        _mesh.Engines.OnDecode = _mesh.Engines.OnRecognize = _ => throw new InvalidOperationException("A text job came by.");

        var delivery = await _mesh.RunAsync(_mesh.TextJob());

        Assert.Equal("es:good day", Assert.IsType<TranslationReply>(Assert.Single(delivery.Replies)).Translation.Text);
    }

    [Fact]
    public async Task SendAsync_TextJobWhileRecognitionIsFull_IsNotHeldUp()
    {
        var gate = new TaskCompletionSource();
        _mesh.Engines.OnRecognize = async _ => await gate.Task;
        var audio = Enumerable.Range(0, _mesh.Pipeline.Capacity).Select(_ => new FakeDelivery()).ToArray();
        var sends = audio.Select(d => _mesh.Pipeline.SendAsync(_mesh.AudioJob(), d).AsTask()).ToArray();

        var text = await _mesh.RunAsync(_mesh.TextJob());

        Assert.IsType<Settlement.Done>(Assert.Single(text.Settlements));
        Assert.All(audio, d => Assert.Empty(d.Settlements));
        gate.SetResult();
        await Task.WhenAll(sends);
    }

    [Fact]
    public async Task SendAsync_FullMesh_WaitsUntilThereIsRoom()
    {
        using var mesh = new TestMesh(o => (o.Decode.Parallelism, o.Decode.Capacity, o.Transcribe.Parallelism, o.Transcribe.Capacity) = (1, 1, 1, 1));
        var gate = new TaskCompletionSource();
        mesh.Engines.OnRecognize = async _ => await gate.Task;
        Assert.True(await mesh.Pipeline.SendAsync(mesh.AudioJob(), new FakeDelivery()));
        Assert.True(await mesh.Pipeline.SendAsync(mesh.AudioJob(), new FakeDelivery()));

        var third = mesh.Pipeline.SendAsync(mesh.AudioJob(), new FakeDelivery()).AsTask();
        var fourth = mesh.Pipeline.SendAsync(mesh.AudioJob(), new FakeDelivery()).AsTask();

        Assert.False(fourth.IsCompleted);
        gate.SetResult();
        Assert.True(await third);
        Assert.True(await fourth);
    }

    [Fact]
    public async Task SendAsync_InvalidMessage_IsAnsweredAndDeadLettered()
    {
        var failure = new StageFailure(Stage.Intake, FailureKind.BadJob, ErrorCode.NoInput, "No audio or text data provided");

        var delivery = await _mesh.RunAsync(_mesh.AudioJob() with { Input = new InvalidInput(failure) });

        Assert.Equal(failure, Assert.IsType<ErrorReply>(Assert.Single(delivery.Replies)).Failure);
        Assert.Equal(failure, Assert.IsType<Settlement.DeadLetter>(Assert.Single(delivery.Settlements)).Failure);
    }

    [Fact]
    public async Task SendAsync_SilentAudio_RepliesWithEmptyTextsAndAsksNoFurtherEngine()
    {
        _mesh.Engines.HeardText = "";
        _mesh.Engines.OnTranslate = _mesh.Engines.OnSynthesize = _ => throw new InvalidOperationException("Nothing was said.");

        var delivery = await _mesh.RunAsync(_mesh.AudioJob());

        var reply = Assert.IsType<TranslationReply>(Assert.Single(delivery.Replies));
        Assert.Equal(("", "", false), (reply.Translation.Source.Text, reply.Translation.Text, reply.NeedsFallback));
    }

    [Fact]
    public async Task SendAsync_ProgressWanted_ReportsEachStepOnceAndInOrder()
    {
        var tries = 0;
        _mesh.Engines.OnTranslate = _ => ++tries == 1 ? throw EngineException.Transient(ErrorCode.TranslationFailed, "again") : ValueTask.CompletedTask;

        var delivery = await _mesh.RunAsync(_mesh.AudioJob() with { WantsProgress = true });

        Assert.Equal(
            [ProgressEvent.Started, ProgressEvent.DecodingAudio, ProgressEvent.SpeechRecognition, ProgressEvent.SpeechRecognized, ProgressEvent.Translating, ProgressEvent.Translated, ProgressEvent.TextToSpeech],
            delivery.Replies.OfType<ProgressReply>().Select(r => r.Event));
        Assert.IsType<TranslationReply>(delivery.Replies.Last());
    }

    [Fact]
    public async Task SendAsync_OriginalAudioWanted_SpeaksBothTexts()
    {
        var delivery = await _mesh.RunAsync(_mesh.AudioJob() with { IncludeOriginalAudio = true });

        var reply = Assert.IsType<TranslationReply>(Assert.Single(delivery.Replies));
        Assert.NotNull(reply.TranslatedAudio);
        Assert.NotNull(reply.OriginalAudio);
    }

    [Fact]
    public async Task DrainAsync_JobsInFlight_FinishesThemAndTakesNoMore()
    {
        var gate = new TaskCompletionSource();
        _mesh.Engines.OnRecognize = async _ => await gate.Task;
        var deliveries = Enumerable.Range(0, 8).Select(_ => new FakeDelivery()).ToArray();
        var sends = deliveries.Select(d => _mesh.Pipeline.SendAsync(_mesh.AudioJob(), d).AsTask()).ToArray();

        var drain = _mesh.Pipeline.DrainAsync();
        Assert.False(await _mesh.Pipeline.SendAsync(_mesh.AudioJob(), new FakeDelivery()));
        gate.SetResult();
        await drain;

        Assert.All(await Task.WhenAll(sends), Assert.True);
        Assert.All(deliveries, d => Assert.IsType<Settlement.Done>(Assert.Single(d.Settlements)));
    }

    [Fact]
    public async Task DrainAsync_JobsThatHaveNotBegun_GoBackAtOnce()
    {
        using var mesh = new TestMesh(o => (o.Decode.Parallelism, o.Transcribe.Parallelism) = (1, 1));
        var gate = new TaskCompletionSource();
        mesh.Engines.OnRecognize = async _ => await gate.Task;
        var working = Enumerable.Range(0, 2).Select(_ => mesh.Pipeline.SendAsync(mesh.AudioJob(), new FakeDelivery()).AsTask()).ToArray();
        var delivery = new FakeDelivery();
        var waiting = mesh.Pipeline.SendAsync(mesh.AudioJob(), delivery);

        var drain = mesh.Pipeline.DrainAsync();

        Assert.IsType<Settlement.Return>(await delivery.SettledAsync());
        Assert.True(await waiting);
        gate.SetResult();
        await drain;
        await Task.WhenAll(working);
    }

    [Fact]
    public async Task DrainAsync_JobsNotDoneInTime_GoBackToTheQueue()
    {
        using var mesh = new TestMesh(o => o.DrainTimeout = TimeSpan.FromSeconds(2));
        mesh.Engines.OnRecognize = async token => await Task.Delay(Timeout.Infinite, token);
        var deliveries = Enumerable.Range(0, 30).Select(_ => new FakeDelivery()).ToArray();
        var sends = deliveries.Select(d => mesh.Pipeline.SendAsync(mesh.AudioJob(), d).AsTask()).ToArray();

        await mesh.Pipeline.DrainAsync();

        Assert.All(deliveries, d => Assert.IsType<Settlement.Return>(Assert.Single(d.Settlements)));
        Assert.All(deliveries, d => Assert.Empty(d.Replies));
        Assert.Equal(0, mesh.Engines.LiveBuffers);
        await Task.WhenAll(sends);
    }

    [Fact]
    public async Task Metrics_AfterAJob_CountEveryStage()
    {
        await _mesh.RunAsync(_mesh.AudioJob());
        await _mesh.Pipeline.DrainAsync();

        var text = await _mesh.MetricsAsync();
        foreach (var stage in (string[])["decode", "transcribe", "translate", "synthesize", "encode", "publish", "settle"])
            Assert.Contains($"voiceworker_stage_run_seconds_count{{stage=\"{stage}\"}} 1", text, StringComparison.Ordinal);
        Assert.Contains("voiceworker_jobs_total{outcome=\"done\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("voiceworker_job_duration_seconds_count{input=\"audio\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("voiceworker_jobs_in_flight 0", text, StringComparison.Ordinal);
    }
}
