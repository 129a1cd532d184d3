using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VoiceWorker.Core.Telemetry;
using VoiceWorker.LoadTests.Engines;
using VoiceWorker.RabbitMq.Consuming;

namespace VoiceWorker.LoadTests.Contestants;

/// <summary>The worker as it is shipped, but for its HTTP endpoints.</summary>
internal sealed class WorkerContestant(ContestantSettings settings) : IContestant
{
    private readonly IHost _host = EngineHost.Build(settings, consumes: true);

    public long Done => (long)_host.Services.GetRequiredService<PipelineMetrics>().JobsDone;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _host.StartAsync(cancellationToken);
        var consumer = _host.Services.GetRequiredService<RabbitMqConsumer>();
        while (!consumer.IsConsuming)
            await Task.Delay(10, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
