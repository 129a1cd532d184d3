using Microsoft.Extensions.Diagnostics.HealthChecks;
using VoiceWorker.RabbitMq.Consuming;

namespace VoiceWorker.Host.Health;

/// <summary>Readiness: jobs are being taken from the queue, and come when they wait there.</summary>
internal sealed class ConsumerHealthCheck(RabbitMqConsumer consumer, ConsumerWatch watch) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            !consumer.IsConsuming ? HealthCheckResult.Unhealthy("No jobs are taken: the broker cannot be reached, an engine is down, or the worker stops.")
            : watch.IsStalled ? HealthCheckResult.Unhealthy("Jobs wait in the queue, none is in flight, and the broker delivers none to this worker.")
            : HealthCheckResult.Healthy());
}
