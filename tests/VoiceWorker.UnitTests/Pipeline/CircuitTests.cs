using Microsoft.Extensions.Time.Testing;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.UnitTests.Pipeline;

public sealed class CircuitTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TestPipeline _pipeline = new(o =>
        (o.Circuit.MinimumThroughput, o.Circuit.ProbeInterval, o.Translate.Retries) = (4, TimeSpan.FromMilliseconds(20), 0));

    public void Dispose() => _pipeline.Dispose();

    [Fact]
    public async Task SendAsync_EngineSaysItIsDown_ReturnsTheJobAndPausesIntake()
    {
        TakeDown(Down);

        var delivery = await _pipeline.RunAsync(_pipeline.AudioJob(), new FakeDelivery { HasRetriesLeft = true });

        Assert.IsType<Settlement.Return>(Assert.Single(delivery.Settlements));
        Assert.Empty(delivery.Replies);
        Assert.True(_pipeline.Pipeline.Paused.IsCompleted);
        Assert.False(await _pipeline.Pipeline.SendAsync(_pipeline.AudioJob(), new FakeDelivery()));
    }

    [Fact]
    public async Task SendAsync_EngineKeepsFailing_OpensTheCircuit()
    {
        TakeDown(() => EngineException.Transient(ErrorCode.TranslationFailed, "busy"));

        for (var i = 0; i < 4; i++)
            await _pipeline.RunAsync(_pipeline.AudioJob(), new FakeDelivery { HasRetriesLeft = true });

        await _pipeline.Pipeline.Paused.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Contains("voiceworker_stage_circuit_open{stage=\"translate\"} 1", await _pipeline.MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resumed_EngineIsBack_EndsAndJobsSucceed()
    {
        TakeDown(Down);
        await _pipeline.RunAsync(_pipeline.AudioJob());

        _pipeline.Engines.OnTranslate = _ => ValueTask.CompletedTask;
        _pipeline.Engines.IsUp = true;
        await _pipeline.Pipeline.Resumed.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.False(_pipeline.Pipeline.Paused.IsCompleted);
        Assert.IsType<Settlement.Done>(Assert.Single((await _pipeline.RunAsync(_pipeline.AudioJob())).Settlements));
    }

    [Fact]
    public async Task Resumed_ChecksThatThrow_AreFollowedByOthers()
    {
        var checks = 0;
        _pipeline.Engines.OnCheck = _ => Interlocked.Increment(ref checks) switch
        {
            1 => throw new InvalidOperationException("a bug"),
            // Somebody else's token: it ends this check, not the asking.
            2 => throw new OperationCanceledException(),
            _ => ValueTask.CompletedTask,
        };
        _pipeline.Engines.OnTranslate = _ => throw Down();

        await _pipeline.RunAsync(_pipeline.AudioJob());

        await _pipeline.Pipeline.Resumed.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(3, checks);
    }

    [Fact]
    public async Task Resumed_CheckThatHangs_IsGivenUp()
    {
        var time = new FakeTimeProvider();
        using var pipeline = new TestPipeline(time: time);
        var hanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pipeline.Engines.OnCheck = async _ =>
        {
            if (hanging.TrySetResult())
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
        };
        pipeline.Engines.OnTranslate = _ => throw Down();

        await pipeline.RunAsync(pipeline.AudioJob());
        while (!pipeline.Pipeline.Resumed.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        Assert.True(hanging.Task.IsCompleted);
    }

    [Fact]
    public async Task SendAsync_BadJobsOnly_NeverOpenTheCircuit()
    {
        _pipeline.Engines.OnTranslate = _ => throw EngineException.BadJob(ErrorCode.UnsupportedLanguage, "no such pair");

        for (var i = 0; i < 20; i++)
            await _pipeline.RunAsync(_pipeline.AudioJob());

        Assert.False(_pipeline.Pipeline.Paused.IsCompleted);
    }

    [Fact]
    public async Task SendAsync_SynthesizerDown_GoesOnWithTextOnly()
    {
        _pipeline.Engines.IsUp = false;
        _pipeline.Engines.OnSynthesize = _ => throw Down();

        for (var i = 0; i < 8; i++)
            Assert.True(Assert.IsType<TranslationReply>(Assert.Single((await _pipeline.RunAsync(_pipeline.AudioJob())).Replies)).NeedsFallback);

        Assert.False(_pipeline.Pipeline.Paused.IsCompleted);
    }

    private static EngineException Down() => new(FailureKind.EngineDown, ErrorCode.EngineUnavailable, "connection refused");

    private void TakeDown(Func<EngineException> fault)
    {
        _pipeline.Engines.IsUp = false;
        _pipeline.Engines.OnTranslate = _ => throw fault();
    }
}
