using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.UnitTests.Pipeline;

/// <summary>Admission as the pipeline uses it: who holds a place, and for how long.</summary>
public sealed class PipelineAdmissionTests : IDisposable
{
    private readonly TestPipeline _pipeline = new(o => (o.Decode.Parallelism, o.Transcribe.Parallelism, o.Decode.Capacity, o.Transcribe.Capacity) = (1, 1, 8, 8));
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _steps = new(0);
    private int _decoded;

    public PipelineAdmissionTests()
    {
        _pipeline.Engines.OnRecognize = async _ => await _gate.Task;
        _pipeline.Engines.OnDecode = _ =>
        {
            Interlocked.Increment(ref _decoded);
            _steps.Release();
            return ValueTask.CompletedTask;
        };
    }

    public void Dispose()
    {
        _pipeline.Dispose();
        _steps.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SendAsync_JobsThatEndWhileTheyWait_LetNobodyInOfTheirPlace(bool cancelled)
    {
        var working = Enumerable.Range(0, 2).Select(_ => SendAsync(_pipeline.AudioJob())).ToArray();
        await StepsAsync(2);

        for (var i = 0; i < 5; i++)
        {
            var job = _pipeline.AudioJob() with { Deadline = cancelled ? null : TimeProvider.System.GetUtcNow().AddMilliseconds(20) };
            var ended = SendAsync(job);
            if (cancelled)
                _pipeline.Pipeline.Cancel(new(job.MessageId));
            await ended;
        }

        var waiting = SendAsync(_pipeline.AudioJob());
        Assert.Contains("voiceworker_jobs_waiting 1", await _pipeline.MetricsAsync(), StringComparison.Ordinal);
        Assert.Equal(2, _decoded);
        _gate.SetResult();
        await Task.WhenAll([.. working, waiting]);
        Assert.Contains("voiceworker_jobs_waiting 0", await _pipeline.MetricsAsync(), StringComparison.Ordinal);
        Assert.Equal(3, _decoded);
    }

    [Fact]
    public async Task SendAsync_JobThatCannotBeDecoded_HoldsNoPlaceUntilItsReplyIsConfirmed()
    {
        var confirmed = new TaskCompletionSource();
        _pipeline.Engines.OnDecode = _ => throw EngineException.BadJob(ErrorCode.UnsupportedAudio, "no audio");
        var unconfirmed = Enumerable.Range(0, 4).Select(_ => SendAsync(_pipeline.AudioJob(), async _ =>
        {
            _steps.Release();
            await confirmed.Task;
        })).ToArray();

        await StepsAsync(4);

        confirmed.SetResult();
        await Task.WhenAll(unconfirmed);
    }

    [Fact]
    public async Task SendAsync_LengthThatCannotBeGuessed_IsDone()
    {
        _gate.SetResult();
        _pipeline.Engines.OnEstimate = _ => throw new InvalidOperationException("a bug");

        Assert.IsType<Settlement.Done>(Assert.Single((await _pipeline.RunAsync(_pipeline.AudioJob())).Settlements));
        await _pipeline.Pipeline.DrainAsync();
    }

    private async Task StepsAsync(int count)
    {
        for (var i = 0; i < count; i++)
            Assert.True(await _steps.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));
    }

    private async Task SendAsync(VoiceJob job, Func<Reply, ValueTask>? onReply = null)
    {
        var delivery = new FakeDelivery { OnReply = onReply ?? (_ => ValueTask.CompletedTask) };
        Assert.True(await _pipeline.Pipeline.SendAsync(job, delivery));
        await delivery.SettledAsync();
    }
}
