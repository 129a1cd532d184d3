using Microsoft.Extensions.Diagnostics.HealthChecks;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Host.Health;

/// <summary>Readiness: every engine says that it can work.</summary>
internal sealed class EnginesHealthCheck(IEnumerable<IEngine> engines, TimeProvider time) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var broken = new List<string>();
        foreach (var engine in engines)
        {
            var status = await engine.TryCheckAsync(time, cancellationToken);
            if (!status.Ready)
                broken.Add($"{engine.Name}: {status.Detail}");
        }

        return broken.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(string.Join("; ", broken));
    }
}
