using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Prometheus;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Telemetry;

namespace VoiceWorker.UnitTests.Pipeline;

/// <summary>The real pipeline over fake engines.</summary>
internal sealed class TestPipeline : IDisposable
{
    private int _jobs;

    public TestPipeline(Action<PipelineOptions>? configure = null, TimeProvider? time = null)
    {
        var options = new PipelineOptions();
        foreach (var stage in options.Stages.Select(s => s.Options).OfType<StageOptions>())
            (stage.RetryDelay, stage.Timeout) = (TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(20));
        // Tests of single failures must not trip over the circuit breaker; CircuitTests set their own threshold.
        options.Circuit.MinimumThroughput = 10_000;
        configure?.Invoke(options);
        Registry = Prometheus.Metrics.NewCustomRegistry();
        var metrics = new PipelineMetrics(Prometheus.Metrics.WithCustomRegistry(Registry));
        Heartbeat = new(time ?? TimeProvider.System, metrics);
        Pipeline = new(Engines, Engines, Engines, Engines, Engines, Options.Create(options), metrics, Heartbeat, time ?? TimeProvider.System, NullLogger<VoicePipeline>.Instance);
    }

    public FakeEngines Engines { get; } = new();

    public CollectorRegistry Registry { get; }

    public Heartbeat Heartbeat { get; }

    public VoicePipeline Pipeline { get; }

    public VoiceJob AudioJob() => new() { MessageId = $"job-{Interlocked.Increment(ref _jobs)}", Input = new AudioInput(new byte[4]), SourceLanguage = "en", TargetLanguage = "es" };

    public VoiceJob TextJob() => AudioJob() with { Input = new TextInput("good day") };

    /// <summary>Sends a job and waits for its settlement.</summary>
    public async Task<FakeDelivery> RunAsync(VoiceJob job, FakeDelivery? delivery = null)
    {
        delivery ??= new FakeDelivery();
        Assert.True(await Pipeline.SendAsync(job, delivery));
        await delivery.SettledAsync();
        return delivery;
    }

    public async Task<string> MetricsAsync()
    {
        using var text = new MemoryStream();
        await Registry.CollectAndExportAsTextAsync(text, TestContext.Current.CancellationToken);
        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }

    public void Dispose() => Pipeline.Dispose();
}
