using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using VoiceWorker.Core.Ports;
using VoiceWorker.Host.Health;
using VoiceWorker.Host.Hosting;
using VoiceWorker.UnitTests.Pipeline;

namespace VoiceWorker.UnitTests.Health;

public sealed class PipelineHealthCheckTests : IDisposable
{
    private static readonly TimeSpan StuckAfter = TimeSpan.FromMinutes(15);

    private readonly FakeTimeProvider _time = new();
    private readonly TaskCompletionSource _entered = new();
    private readonly TaskCompletionSource _release = new();
    private readonly TestPipeline _pipeline;

    public PipelineHealthCheckTests()
    {
        // No time-out helps the job out of the block.
        _pipeline = new(options => options.Translate.Timeout = TimeSpan.FromDays(1), _time);
        _pipeline.Engines.OnTranslate = async _ =>
        {
            _entered.SetResult();
            await _release.Task;
        };
    }

    public void Dispose() => _pipeline.Dispose();

    [Fact]
    public async Task Check_WhileABlockIsWedged_IsUnhealthyOnceItsTimeHasPassed()
    {
        var job = _pipeline.RunAsync(_pipeline.TextJob());
        await _entered.Task;
        _time.Advance(StuckAfter);
        var before = await CheckAsync();

        _time.Advance(TimeSpan.FromSeconds(1));
        var after = await CheckAsync();

        Assert.Equal((HealthStatus.Healthy, HealthStatus.Unhealthy), (before.Status, after.Status));
        Assert.Equal("1 jobs are in flight and none has moved on for 901 s.", after.Description);
        _release.SetResult();
        await job;
    }

    [Fact]
    public async Task Check_OnceTheBlockGoesOn_IsHealthyAgain()
    {
        var job = _pipeline.RunAsync(_pipeline.TextJob());
        await _entered.Task;
        _time.Advance(2 * StuckAfter);
        _release.SetResult();

        await job;

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
    }

    [Fact]
    public async Task Check_WhileAnEngineSaysThatItMovesOn_IsHealthyHoweverLongItTakes()
    {
        var job = _pipeline.RunAsync(_pipeline.TextJob());
        await _entered.Task;
        for (var window = 0; window < 10; window++)
        {
            _time.Advance(StuckAfter);
            ((IHeartbeat)_pipeline.Heartbeat).Beat();
        }

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
        _release.SetResult();
        await job;
    }

    [Fact]
    public async Task Check_DuringAFurtherTryOfASlowEngine_IsHealthy()
    {
        using var pipeline = new TestPipeline(options => (options.Translate.Timeout, options.Translate.Retries) = (TimeSpan.FromMinutes(10), 1), _time);
        var tries = 0;
        pipeline.Engines.OnTranslate = async token =>
        {
            Interlocked.Increment(ref tries);
            await Task.Delay(Timeout.Infinite, token);
        };
        var job = pipeline.RunAsync(pipeline.TextJob());
        for (; Volatile.Read(ref tries) < 1; await Task.Delay(1, TestContext.Current.CancellationToken))
        {
        }

        _time.Advance(TimeSpan.FromMinutes(10));
        for (; Volatile.Read(ref tries) < 2; await Task.Delay(1, TestContext.Current.CancellationToken))
            _time.Advance(TimeSpan.FromMilliseconds(1));
        _time.Advance(TimeSpan.FromMinutes(9));

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(pipeline)).Status);
        _time.Advance(TimeSpan.FromMinutes(2));
        await job;
    }

    [Fact]
    public async Task Check_WithoutAnyJob_IsHealthyForEver()
    {
        _time.Advance(100 * StuckAfter);

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync()).Status);
    }

    private Task<HealthCheckResult> CheckAsync(TestPipeline? pipeline = null) =>
        new PipelineHealthCheck((pipeline ?? _pipeline).Pipeline, Options.Create(new HttpOptions { StuckAfter = StuckAfter })).CheckHealthAsync(new(), TestContext.Current.CancellationToken);
}
