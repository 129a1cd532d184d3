using Microsoft.Extensions.Diagnostics.HealthChecks;
using VoiceWorker.Host.RabbitMq;

namespace VoiceWorker.Host.Health;

/// <summary>Readiness: jobs are being taken from the queue.</summary>
internal sealed class ConsumerHealthCheck(RabbitMqConsumer consumer) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(consumer.IsConsuming
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("No jobs are taken: the broker cannot be reached, an engine is down, or the worker stops."));
}
