using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Prometheus;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Telemetry;
using VoiceWorker.Host.RabbitMq;
using VoiceWorker.IntegrationTests.Broker;

namespace VoiceWorker.LoadTests;

/// <summary>The worker's transport and mesh as they are shipped, with engines that cost nothing.</summary>
internal static class FreeWorker
{
    /// <summary>Answers a queue's jobs; says so when the last one is acknowledged, and only then cleans up.</summary>
    public static async Task DrainQueueAsync(RabbitMqNode node, string queue, int jobs, int jobBytes, ushort prefetch, Action finished, CancellationToken cancellationToken)
    {
        var engines = new FreeEngines(jobBytes);
        var registry = Metrics.NewCustomRegistry();
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["RabbitMq:Host"] = "127.0.0.1",
            ["RabbitMq:Port"] = $"{node.Port}",
            ["RabbitMq:Queue"] = queue,
            ["RabbitMq:Prefetch"] = $"{prefetch}",
        });
        builder.Services
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IMetricFactory>(Metrics.WithCustomRegistry(registry))
            .AddSingleton<PipelineMetrics>()
            .AddSingleton<IAudioDecoder>(engines).AddSingleton<ISpeechRecognizer>(engines).AddSingleton<ITranslator>(engines)
            .AddSingleton<ISpeechSynthesizer>(engines).AddSingleton<IAudioEncoder>(engines)
            .AddSingleton<VoicePipeline>()
            .AddSingleton<IJobSink>(provider => provider.GetRequiredService<VoicePipeline>())
            .AddRabbitMq(builder.Configuration);
        using var host = builder.Build();
        var done = host.Services.GetRequiredService<PipelineMetrics>().Jobs.WithLabels("done");
        await host.StartAsync(cancellationToken);
        while (done.Value < jobs)
            await Task.Delay(1, cancellationToken);
        finished();
        await host.StopAsync(cancellationToken);
    }
}
