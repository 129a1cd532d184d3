using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.UnitTests.Pipeline;

public sealed class CancelTests : IDisposable
{
    private readonly TestPipeline _pipeline = new();

    public void Dispose() => _pipeline.Dispose();

    [Fact]
    public async Task Cancel_JobInAnEngine_AbortsTheWorkAndAnswers()
    {
        var working = new TaskCompletionSource();
        _pipeline.Engines.OnRecognize = async token =>
        {
            working.SetResult();
            await Task.Delay(Timeout.Infinite, token);
        };
        var (job, delivery) = (_pipeline.AudioJob(), new FakeDelivery());
        await _pipeline.Pipeline.SendAsync(job, delivery);
        await working.Task;

        _pipeline.Pipeline.Cancel(new(job.MessageId));

        Assert.IsType<Settlement.Cancelled>(await delivery.SettledAsync());
        Assert.Equal(ErrorCode.Cancelled, Assert.IsType<ErrorReply>(Assert.Single(delivery.Replies)).Failure.Code);
        Assert.Equal(0, _pipeline.Engines.LiveBuffers);
        await _pipeline.Pipeline.DrainAsync();
        Assert.Contains("voiceworker_jobs_total{outcome=\"cancelled\"} 1", await _pipeline.MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_JobThatIsStillToCome_CostsNoWork()
    {
        _pipeline.Engines.OnDecode = _ => throw new InvalidOperationException("A cancelled job was worked on.");
        var job = _pipeline.AudioJob();

        _pipeline.Pipeline.Cancel(new(job.MessageId));

        Assert.IsType<Settlement.Cancelled>(Assert.Single((await _pipeline.RunAsync(job)).Settlements));
    }

    [Fact]
    public async Task Cancel_JobThatWaitsForItsTurn_AnswersAtOnce()
    {
        using var pipeline = new TestPipeline(o => (o.Decode.Parallelism, o.Transcribe.Parallelism) = (1, 1));
        var gate = new TaskCompletionSource();
        pipeline.Engines.OnRecognize = async _ => await gate.Task;
        var working = Enumerable.Range(0, 2).Select(_ => pipeline.Pipeline.SendAsync(pipeline.AudioJob(), new FakeDelivery()).AsTask()).ToArray();
        var (job, delivery) = (pipeline.AudioJob(), new FakeDelivery());
        var waiting = pipeline.Pipeline.SendAsync(job, delivery);

        pipeline.Pipeline.Cancel(new(job.MessageId));

        Assert.IsType<Settlement.Cancelled>(await delivery.SettledAsync());
        Assert.True(await waiting);
        gate.SetResult();
        await Task.WhenAll(working);
    }

    [Fact]
    public async Task Cancel_OtherJobs_GoOn()
    {
        _pipeline.Pipeline.Cancel(new("another"));

        Assert.IsType<Settlement.Done>(Assert.Single((await _pipeline.RunAsync(_pipeline.AudioJob())).Settlements));
    }

    [Fact]
    public async Task Cancel_BySomebodyElse_EndsNeitherTheJobInHandNorTheNext()
    {
        var working = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        _pipeline.Engines.OnRecognize = async _ =>
        {
            working.TrySetResult();
            await gate.Task;
        };
        var (job, delivery) = (_pipeline.AudioJob() with { SenderId = "alice", ReplyTo = "alices" }, new FakeDelivery());
        await _pipeline.Pipeline.SendAsync(job, delivery);
        await working.Task;

        _pipeline.Pipeline.Cancel(new(job.MessageId));
        _pipeline.Pipeline.Cancel(new(job.MessageId, "mallory", "mallorys"));
        gate.SetResult();

        Assert.IsType<Settlement.Done>(await delivery.SettledAsync());
        Assert.IsType<Settlement.Done>(Assert.Single((await _pipeline.RunAsync(_pipeline.AudioJob() with { MessageId = job.MessageId, SenderId = "alice" })).Settlements));
    }

    [Fact]
    public async Task Cancel_ReplyQueueGone_IsDeadLettered()
    {
        var job = _pipeline.TextJob();
        _pipeline.Pipeline.Cancel(new(job.MessageId));

        var delivery = await _pipeline.RunAsync(job, new FakeDelivery { OnReply = _ => throw new ReplyUndeliverableException("gone") });

        Assert.Equal(ErrorCode.ReplyUndeliverable, Assert.IsType<Settlement.DeadLetter>(Assert.Single(delivery.Settlements)).Failure.Code);
    }

    [Fact]
    public async Task SendAsync_RequesterGone_EndsBeforeTheNextCostlyStep()
    {
        var recognized = false;
        _pipeline.Engines.OnRecognize = _ =>
        {
            recognized = true;
            return ValueTask.CompletedTask;
        };
        var asked = 0;

        var delivery = await _pipeline.RunAsync(_pipeline.AudioJob(), new FakeDelivery
        {
            OnCheckRequester = () => ++asked > 1 ? throw new ReplyUndeliverableException("gone") : ValueTask.CompletedTask,
            OnReply = _ => throw new ReplyUndeliverableException("gone"),
        });

        Assert.Equal(ErrorCode.ReplyUndeliverable, Assert.IsType<Settlement.DeadLetter>(Assert.Single(delivery.Settlements)).Failure.Code);
        Assert.False(recognized);
        Assert.Equal(2, asked);
    }
}
