using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Prometheus;
using VoiceWorker.Core.Ports;
using VoiceWorker.RabbitMq;
using VoiceWorker.RabbitMq.Connection;
using VoiceWorker.RabbitMq.Consuming;
using VoiceWorker.RabbitMq.Publishing;
using VoiceWorker.RabbitMq.Setup;

namespace VoiceWorker.IntegrationTests.RabbitMq;

/// <summary>The transport as the worker hosts it, with a fake pipeline behind it.</summary>
internal sealed class TestWorker : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();

    private TestWorker(TestQueues queues, int port, FakeSink sink, (string Name, string Value)[] settings)
    {
        Sink = sink;
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["RabbitMq:Host"] = "127.0.0.1",
            ["RabbitMq:Port"] = $"{port}",
            ["RabbitMq:Queue"] = queues.Jobs,
            ["RabbitMq:DeadLetterQueue"] = queues.Dead,
            ["RabbitMq:ResultsExchange"] = queues.Results,
            ["RabbitMq:ReconnectDelay"] = "00:00:00.050",
            ["RabbitMq:MaxReconnectDelay"] = "00:00:00.500",
        }.Concat(settings.Select(s => KeyValuePair.Create(s.Name.StartsWith("FinishedJobs:", StringComparison.Ordinal) ? s.Name : $"RabbitMq:{s.Name}", (string?)s.Value))).GroupBy(s => s.Key).ToDictionary(s => s.Key, s => s.Last().Value));
        builder.Logging.AddProvider(new TestOutputLoggerProvider()).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddSingleton<IMetricFactory>(Metrics.WithCustomRegistry(_registry));
        builder.Services.AddSingleton<IJobSink>(sink);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.Services.AddRabbitMq(builder.Configuration);
        _host = builder.Build();
    }

    public FakeSink Sink { get; }

    public RabbitMqConsumer Consumer => _host.Services.GetRequiredService<RabbitMqConsumer>();

    /// <summary>What is wrong with the broker, as the worker sees it.</summary>
    public BrokerProblems Troubles => _host.Services.GetRequiredService<BrokerProblems>();

    public BrokerSetup Setup => _host.Services.GetRequiredService<BrokerSetup>();

    public ConfirmedPublisher Publisher => _host.Services.GetRequiredService<ConfirmedPublisher>();

    /// <summary>Starts a worker; returns at once, whether there is a broker or not.</summary>
    public static async Task<TestWorker> StartAsync(TestQueues queues, int port, FakeSink sink, params (string Name, string Value)[] settings)
    {
        var worker = new TestWorker(queues, port, sink, settings);
        await worker._host.StartAsync();
        return worker;
    }

    /// <summary>Waits until jobs are being taken.</summary>
    public Task ConsumingAsync() => Wait.UntilAsync(() => Consumer.IsConsuming, "the worker consumes");

    /// <summary>Stops the worker as SIGTERM does.</summary>
    public Task StopAsync() => _host.StopAsync();

    /// <summary>The value of a metric; all series of the name together, or one with a label value.</summary>
    public async Task<double> MetricAsync(string name, string label = "")
    {
        await using var stream = new MemoryStream();
        await _registry.CollectAndExportAsTextAsync(stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray()).Split('\n')
            .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
