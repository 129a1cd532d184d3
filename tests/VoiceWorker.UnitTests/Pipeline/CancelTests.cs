using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.UnitTests.Pipeline;

public sealed class CancelTests : IDisposable
{
    private readonly TestMesh _mesh = new();

    public void Dispose() => _mesh.Dispose();

    [Fact]
    public async Task Cancel_JobInAnEngine_AbortsTheWorkAndAnswers()
    {
        var working = new TaskCompletionSource();
        _mesh.Engines.OnRecognize = async token =>
        {
            working.SetResult();
            await Task.Delay(Timeout.Infinite, token);
        };
        var (job, delivery) = (_mesh.AudioJob(), new FakeDelivery());
        await _mesh.Pipeline.SendAsync(job, delivery);
        await working.Task;

        _mesh.Pipeline.Cancel(new(job.MessageId));

        Assert.IsType<Settlement.Cancelled>(await delivery.SettledAsync());
        Assert.Equal(ErrorCode.Cancelled, Assert.IsType<ErrorReply>(Assert.Single(delivery.Replies)).Failure.Code);
        Assert.Equal(0, _mesh.Engines.LiveBuffers);
        await _mesh.Pipeline.DrainAsync();
        Assert.Contains("voiceworker_jobs_total{outcome=\"cancelled\"} 1", await _mesh.MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_JobThatIsStillToCome_CostsNoWork()
    {
        _mesh.Engines.OnDecode = _ => throw new InvalidOperationException("A cancelled job was worked on.");
        var job = _mesh.AudioJob();

        _mesh.Pipeline.Cancel(new(job.MessageId));

        Assert.IsType<Settlement.Cancelled>(Assert.Single((await _mesh.RunAsync(job)).Settlements));
    }

    [Fact]
    public async Task Cancel_JobThatWaitsForItsTurn_AnswersAtOnce()
    {
        using var mesh = new TestMesh(o => (o.Decode.Parallelism, o.Transcribe.Parallelism) = (1, 1));
        var gate = new TaskCompletionSource();
        mesh.Engines.OnRecognize = async _ => await gate.Task;
        var working = Enumerable.Range(0, 2).Select(_ => mesh.Pipeline.SendAsync(mesh.AudioJob(), new FakeDelivery()).AsTask()).ToArray();
        var (job, delivery) = (mesh.AudioJob(), new FakeDelivery());
        var waiting = mesh.Pipeline.SendAsync(job, delivery);

        mesh.Pipeline.Cancel(new(job.MessageId));

        Assert.IsType<Settlement.Cancelled>(await delivery.SettledAsync());
        Assert.True(await waiting);
        gate.SetResult();
        await Task.WhenAll(working);
    }

    [Fact]
    public async Task Cancel_OtherJobs_GoOn()
    {
        _mesh.Pipeline.Cancel(new("another"));

        Assert.IsType<Settlement.Done>(Assert.Single((await _mesh.RunAsync(_mesh.AudioJob())).Settlements));
    }

    [Fact]
    public async Task Cancel_BySomebodyElse_EndsNeitherTheJobInHandNorTheNext()
    {
        var working = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        _mesh.Engines.OnRecognize = async _ =>
        {
            working.TrySetResult();
            await gate.Task;
        };
        var (job, delivery) = (_mesh.AudioJob() with { SenderId = "alice", ReplyTo = "alices" }, new FakeDelivery());
        await _mesh.Pipeline.SendAsync(job, delivery);
        await working.Task;

        _mesh.Pipeline.Cancel(new(job.MessageId));
        _mesh.Pipeline.Cancel(new(job.MessageId, "mallory", "mallorys"));
        gate.SetResult();

        Assert.IsType<Settlement.Done>(await delivery.SettledAsync());
        Assert.IsType<Settlement.Done>(Assert.Single((await _mesh.RunAsync(_mesh.AudioJob() with { MessageId = job.MessageId, SenderId = "alice" })).Settlements));
    }

    [Fact]
    public async Task Cancel_ReplyQueueGone_IsDeadLettered()
    {
        var job = _mesh.TextJob();
        _mesh.Pipeline.Cancel(new(job.MessageId));

        var delivery = await _mesh.RunAsync(job, new FakeDelivery { OnReply = _ => throw new ReplyUndeliverableException("gone") });

        Assert.Equal(ErrorCode.ReplyUndeliverable, Assert.IsType<Settlement.DeadLetter>(Assert.Single(delivery.Settlements)).Failure.Code);
    }

    [Fact]
    public async Task SendAsync_RequesterGone_EndsBeforeTheNextCostlyStep()
    {
        var recognized = false;
        _mesh.Engines.OnRecognize = _ =>
        {
            recognized = true;
            return ValueTask.CompletedTask;
        };
        var asked = 0;

        var delivery = await _mesh.RunAsync(_mesh.AudioJob(), new FakeDelivery
        {
            OnCheckRequester = () => ++asked > 1 ? throw new ReplyUndeliverableException("gone") : ValueTask.CompletedTask,
            OnReply = _ => throw new ReplyUndeliverableException("gone"),
        });

        Assert.Equal(ErrorCode.ReplyUndeliverable, Assert.IsType<Settlement.DeadLetter>(Assert.Single(delivery.Settlements)).Failure.Code);
        Assert.False(recognized);
        Assert.Equal(2, asked);
    }
}
