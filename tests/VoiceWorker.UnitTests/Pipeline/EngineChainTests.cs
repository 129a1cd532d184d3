using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Prometheus;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Resilience;
using VoiceWorker.Core.Telemetry;

namespace VoiceWorker.UnitTests.Pipeline;

public sealed class EngineChainTests : IDisposable
{
    private static readonly EngineException Down = new(FailureKind.EngineDown, ErrorCode.EngineUnavailable, "connection refused");
    private static readonly EngineException Busy = EngineException.Transient(ErrorCode.TranslationFailed, "busy");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _time = new();
    private readonly ChainLink _first = new("first");
    private readonly ChainLink _second = new("second");
    private readonly CollectorRegistry _registry = Prometheus.Metrics.NewCustomRegistry();
    private readonly EngineChain<ChainLink> _chain;

    public EngineChainTests()
    {
        var options = new PipelineOptions();
        options.Translate.Timeout = TimeSpan.FromSeconds(20);
        _chain = new(Stage.Translate, [_first, _second], Options.Create(options), new PipelineMetrics(Prometheus.Metrics.WithCustomRegistry(_registry)), _time, NullLogger<EngineChain<ChainLink>>.Instance);
    }

    public void Dispose() => _chain.Dispose();

    [Fact]
    public async Task RunAsync_FirstWorks_ServesAlone()
    {
        Assert.Equal("first", await RunAsync(Stop));
        Assert.Equal(0, _second.Calls);
        Assert.Contains("voiceworker_engine_fallbacks_total{stage=\"translate\",engine=\"second\"} 0", await MetricsAsync());
    }

    [Fact]
    public async Task RunAsync_FirstFails_SecondServesAndIsCounted()
    {
        _first.Fault = Busy;
        Assert.Equal("second", await RunAsync(Stop));
        Assert.Contains("voiceworker_engine_fallbacks_total{stage=\"translate\",engine=\"second\"} 1", await MetricsAsync());
    }

    [Fact]
    public async Task RunAsync_BadJob_IsBadEverywhere()
    {
        _first.Fault = EngineException.BadJob(ErrorCode.UnsupportedLanguage, "no such pair");
        Assert.Same(_first.Fault, await Assert.ThrowsAsync<EngineException>(() => RunAsync(Stop)));
        Assert.Equal(0, _second.Calls);
    }

    [Fact(Timeout = 20_000)]
    public async Task RunAsync_FirstIsDown_IsNotAskedAgainUntilItSaysThatItIsBack()
    {
        (_first.Fault, _first.IsUp) = (Down, false);
        for (var i = 0; i < 5; i++)
            Assert.Equal("second", await RunAsync(Stop));
        Assert.Equal(1, _first.Calls);
        Assert.Contains("voiceworker_engine_circuit_open{stage=\"translate\",engine=\"first\"} 1", await MetricsAsync());

        (_first.Fault, _first.IsUp) = (null, true);
        _time.Advance(TimeSpan.FromSeconds(2));
        while (!(await MetricsAsync()).Contains("voiceworker_engine_circuit_open{stage=\"translate\",engine=\"first\"} 0", StringComparison.Ordinal))
            await Task.Yield();

        Assert.Equal("first", await RunAsync(Stop));
    }

    [Fact]
    public async Task RunAsync_FirstKeepsFailing_OpensItsCircuit()
    {
        (_first.Fault, _first.IsUp) = (Busy, false);
        for (var i = 0; i < 20; i++)
            Assert.Equal("second", await RunAsync(Stop));
        Assert.Equal(new CircuitOptions().MinimumThroughput, _first.Calls);
    }

    [Fact]
    public async Task RunAsync_FirstHangs_LeavesTheSecondItsShareOfTheTime()
    {
        _first.Hangs = true;
        var running = RunAsync(Stop);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("second", await running);
    }

    [Fact]
    public async Task RunAsync_TooMuchForTheFirst_SecondServesAndNoCircuitOpens()
    {
        (_first.Hangs, _first.PassesTest) = (true, true);
        for (var i = 0; i < 20; i++)
        {
            var running = RunAsync(Stop);
            _time.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal("second", await running);
        }

        Assert.Equal(20, _first.Calls);
    }

    [Fact]
    public async Task RunAsync_TooMuchForAll_IsABadJob()
    {
        (_first.Hangs, _first.PassesTest, _second.Hangs, _second.PassesTest) = (true, true, true, true);
        var running = RunAsync(Stop);
        _time.Advance(TimeSpan.FromSeconds(10));
        while (_second.Calls == 0)
            await Task.Yield();
        _time.Advance(TimeSpan.FromSeconds(10));

        var e = await Assert.ThrowsAsync<EngineException>(() => running);
        Assert.Equal((FailureKind.BadJob, ErrorCode.StageTimeout), (e.Kind, e.Code));
    }

    [Fact]
    public async Task RunAsync_AllDown_IsDown()
    {
        (_first.Fault, _second.Fault) = (Down, Down);
        Assert.Equal(FailureKind.EngineDown, (await Assert.ThrowsAsync<EngineException>(() => RunAsync(Stop))).Kind);
        // Now by the circuits alone.
        Assert.Equal(FailureKind.EngineDown, (await Assert.ThrowsAsync<EngineException>(() => RunAsync(Stop))).Kind);
        Assert.Equal((1, 1), (_first.Calls, _second.Calls));
    }

    [Fact]
    public async Task RunAsync_OneDownTheOtherBusy_IsWorthAnotherTry()
    {
        (_first.Fault, _second.Fault) = (Busy, Down);
        Assert.Same(Busy, await Assert.ThrowsAsync<EngineException>(() => RunAsync(Stop)));
    }

    [Fact]
    public async Task RunAsync_CallerGivesUp_AsksNobodyElse()
    {
        using var source = new CancellationTokenSource();
        _first.Hangs = true;
        var running = RunAsync(source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(0, _second.Calls);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(false, true, true)]
    [InlineData(false, false, false)]
    public async Task CheckAsync_OneIsUp_IsReady(bool first, bool second, bool ready)
    {
        (_first.IsUp, _second.IsUp) = (first, second);
        Assert.Equal(ready, (await _chain.CheckAsync(Stop)).Ready);
    }

    [Fact(Timeout = 20_000)]
    public async Task CheckAsync_EngineIsUpButItsCircuitStillOpen_IsNotReady()
    {
        (_first.Fault, _second.Fault) = (Down, Down);
        await Assert.ThrowsAsync<EngineException>(() => RunAsync(Stop));

        // Else the stage would let jobs in that find every circuit open.
        Assert.False((await _chain.CheckAsync(Stop)).Ready);
        _time.Advance(TimeSpan.FromSeconds(2));
        await ReadyAsync();
    }

    [Fact]
    public async Task CheckAsync_OneEngineFailsToAnswer_CountsAsDownAlone()
    {
        _first.CheckFault = new InvalidOperationException("a bug");
        var status = await _chain.CheckAsync(Stop);
        Assert.True(status.Ready);
        Assert.Equal("first: down, failed to say how it is: InvalidOperationException: a bug; second: second", status.Detail);
    }

    private async Task ReadyAsync()
    {
        // The probe goes its own way.
        while (!(await _chain.CheckAsync(Stop)).Ready)
            await Task.Yield();
    }

    private Task<string> RunAsync(CancellationToken cancellationToken) =>
        _chain.RunAsync(0, static (engine, _, token) => engine.WorkAsync(token), cancellationToken).AsTask();

    private async Task<string> MetricsAsync()
    {
        using var text = new MemoryStream();
        await _registry.CollectAndExportAsTextAsync(text, Stop);
        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }
}
