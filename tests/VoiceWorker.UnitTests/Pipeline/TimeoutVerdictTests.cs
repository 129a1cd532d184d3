using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.UnitTests.Pipeline;

/// <summary>A text that takes an engine for ever is the text's fault, when the engine does other work.</summary>
public sealed class TimeoutVerdictTests : IDisposable
{
    private readonly TestPipeline _pipeline = new(o =>
    {
        (o.Translate.Timeout, o.Circuit.MinimumThroughput, o.Circuit.ProbeInterval) = (TimeSpan.FromMilliseconds(50), 2, TimeSpan.FromHours(1));
    });

    private int _tries;

    public void Dispose() => _pipeline.Dispose();

    [Fact]
    public async Task SendAsync_EngineHangsButPassesItsTest_IsABadJobAtTheSecondAttempt()
    {
        Hang();
        _pipeline.Engines.PassesTest = true;

        // The machine may have been busy.
        var first = await _pipeline.RunAsync(_pipeline.AudioJob(), new FakeDelivery { HasRetriesLeft = true });
        Assert.IsType<Settlement.RetryLater>(Assert.Single(first.Settlements));
        Assert.Equal(1, _tries);

        var second = await _pipeline.RunAsync(_pipeline.AudioJob() with { Attempt = 2 }, new FakeDelivery { HasRetriesLeft = true });
        var failure = Assert.IsType<Settlement.DeadLetter>(Assert.Single(second.Settlements)).Failure;
        Assert.Equal((FailureKind.BadJob, ErrorCode.StageTimeout, 2), (failure.Kind, failure.Code, _tries));
    }

    [Fact]
    public async Task SendAsync_ManySuchTexts_NeverOpenTheCircuit()
    {
        Hang();
        _pipeline.Engines.PassesTest = true;
        for (var i = 0; i < 6; i++)
            await _pipeline.RunAsync(_pipeline.AudioJob());

        Assert.False(_pipeline.Pipeline.Paused.IsCompleted);
    }

    [Fact]
    public async Task SendAsync_EngineHangsAndFailsItsTest_IsTheEnginesFault()
    {
        Hang();

        var settlement = Assert.Single((await _pipeline.RunAsync(_pipeline.AudioJob(), new FakeDelivery { HasRetriesLeft = true })).Settlements);

        Assert.True(settlement is Settlement.RetryLater or Settlement.Return, $"{settlement}");
        Assert.True(_pipeline.Pipeline.Paused.IsCompleted);
    }

    [Fact]
    public async Task SendAsync_TimeOutOfTheEnginesOwn_IsJudgedAlike()
    {
        _pipeline.Engines.OnTranslate = _ => throw EngineException.Transient(ErrorCode.StageTimeout, "The server did not answer in time.");
        _pipeline.Engines.PassesTest = true;

        var delivery = await _pipeline.RunAsync(_pipeline.AudioJob() with { Attempt = 2 }, new FakeDelivery { HasRetriesLeft = true });

        Assert.Equal(FailureKind.BadJob, Assert.IsType<Settlement.DeadLetter>(Assert.Single(delivery.Settlements)).Failure.Kind);
    }

    private void Hang() => _pipeline.Engines.OnTranslate = async token =>
    {
        _tries++;
        await Task.Delay(Timeout.Infinite, token);
    };
}
