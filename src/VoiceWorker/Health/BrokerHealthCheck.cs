using Microsoft.Extensions.Diagnostics.HealthChecks;
using VoiceWorker.RabbitMq.Connection;
using VoiceWorker.RabbitMq.Consuming;
using VoiceWorker.RabbitMq.Publishing;

namespace VoiceWorker.Host.Health;

/// <summary>
/// Readiness: the broker is as the worker needs it. Says what is wrong and what mends it. That jobs cannot be cancelled
/// is said, too, and keeps no worker from being ready.
/// </summary>
internal sealed class BrokerHealthCheck(BrokerProblems troubles) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // Both connections mostly have the same trouble.
        var words = new[] { ConfirmedPublisher.ConnectionName, RabbitMqConsumer.ConnectionName }.Select(troubles.Of).OfType<string>().Distinct().ToArray();
        return Task.FromResult(
            words.Length > 0 ? HealthCheckResult.Unhealthy(string.Join(' ', words))
            : troubles.Of(BrokerProblems.Control) is { } control ? HealthCheckResult.Degraded(control)
            : HealthCheckResult.Healthy());
    }
}
