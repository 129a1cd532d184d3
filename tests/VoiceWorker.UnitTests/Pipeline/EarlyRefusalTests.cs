using Microsoft.Extensions.Time.Testing;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;

namespace VoiceWorker.UnitTests.Pipeline;

/// <summary>The whole pipeline over engines that take their time on a clock of the test's own.</summary>
public sealed class EarlyRefusalTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task SendAsync_DeadlineThatCannotBeMet_IsRefusedBeforeRecognition()
    {
        using var pipeline = new TestPipeline(options => options.EarlyRefusal.MinimumSamples = 10, _time);
        var recognized = 0;
        pipeline.Engines.OnRecognize = _ =>
        {
            recognized++;
            _time.Advance(TimeSpan.FromSeconds(8));
            return ValueTask.CompletedTask;
        };
        for (var i = 0; i < 10; i++)
            await pipeline.RunAsync(pipeline.AudioJob());

        var delivery = await pipeline.RunAsync(pipeline.AudioJob() with { Deadline = _time.GetUtcNow().AddSeconds(3) });

        var failure = Assert.IsType<ErrorReply>(Assert.Single(delivery.Replies)).Failure;
        Assert.Equal((Stage.Transcribe, ErrorCode.DeadlineExceeded, FailureKind.BadJob), (failure.Stage, failure.Code, failure.Kind));
        Assert.Contains("deadline is in 3.0 s, and jobs like it take 8.0 s", failure.Message);
        Assert.Equal(10, recognized);
        Assert.IsType<Settlement.DeadLetter>(Assert.Single(delivery.Settlements));
    }

    [Fact]
    public async Task SendAsync_EnoughTime_IsDone()
    {
        using var pipeline = new TestPipeline(options => options.EarlyRefusal.MinimumSamples = 1, _time);
        pipeline.Engines.OnRecognize = _ =>
        {
            _time.Advance(TimeSpan.FromSeconds(8));
            return ValueTask.CompletedTask;
        };
        await pipeline.RunAsync(pipeline.AudioJob());

        var delivery = await pipeline.RunAsync(pipeline.AudioJob() with { Deadline = _time.GetUtcNow().AddSeconds(10) });

        Assert.IsType<TranslationReply>(Assert.Single(delivery.Replies));
    }
}
