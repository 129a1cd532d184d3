using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.UnitTests.Pipeline;

/// <summary>Admission as the mesh uses it: who holds a place, and for how long.</summary>
public sealed class MeshAdmissionTests : IDisposable
{
    private readonly TestMesh _mesh = new(o => (o.Decode.Parallelism, o.Transcribe.Parallelism, o.Decode.Capacity, o.Transcribe.Capacity) = (1, 1, 8, 8));
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _steps = new(0);
    private int _decoded;

    public MeshAdmissionTests()
    {
        _mesh.Engines.OnRecognize = async _ => await _gate.Task;
        _mesh.Engines.OnDecode = _ =>
        {
            Interlocked.Increment(ref _decoded);
            _steps.Release();
            return ValueTask.CompletedTask;
        };
    }

    public void Dispose()
    {
        _mesh.Dispose();
        _steps.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SendAsync_JobsThatEndWhileTheyWait_LetNobodyInOfTheirPlace(bool cancelled)
    {
        var working = Enumerable.Range(0, 2).Select(_ => SendAsync(_mesh.AudioJob())).ToArray();
        await StepsAsync(2);

        for (var i = 0; i < 5; i++)
        {
            var job = _mesh.AudioJob() with { Deadline = cancelled ? null : TimeProvider.System.GetUtcNow().AddMilliseconds(20) };
            var ended = SendAsync(job);
            if (cancelled)
                _mesh.Pipeline.Cancel(new(job.MessageId));
            await ended;
        }

        var waiting = SendAsync(_mesh.AudioJob());
        Assert.Contains("voiceworker_jobs_waiting 1", await _mesh.MetricsAsync(), StringComparison.Ordinal);
        Assert.Equal(2, _decoded);
        _gate.SetResult();
        await Task.WhenAll([.. working, waiting]);
        Assert.Contains("voiceworker_jobs_waiting 0", await _mesh.MetricsAsync(), StringComparison.Ordinal);
        Assert.Equal(3, _decoded);
    }

    [Fact]
    public async Task SendAsync_JobThatCannotBeDecoded_HoldsNoPlaceUntilItsReplyIsConfirmed()
    {
        var confirmed = new TaskCompletionSource();
        _mesh.Engines.OnDecode = _ => throw EngineException.BadJob(ErrorCode.UnsupportedAudio, "no audio");
        var unconfirmed = Enumerable.Range(0, 4).Select(_ => SendAsync(_mesh.AudioJob(), async _ =>
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
        _mesh.Engines.OnEstimate = _ => throw new InvalidOperationException("a bug");

        Assert.IsType<Settlement.Done>(Assert.Single((await _mesh.RunAsync(_mesh.AudioJob())).Settlements));
        await _mesh.Pipeline.DrainAsync();
    }

    private async Task StepsAsync(int count)
    {
        for (var i = 0; i < count; i++)
            Assert.True(await _steps.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));
    }

    private async Task SendAsync(VoiceJob job, Func<Reply, ValueTask>? onReply = null)
    {
        var delivery = new FakeDelivery { OnReply = onReply ?? (_ => ValueTask.CompletedTask) };
        Assert.True(await _mesh.Pipeline.SendAsync(job, delivery));
        await delivery.SettledAsync();
    }
}
