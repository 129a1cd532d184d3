using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Host.Hosting;

namespace VoiceWorker.Host.Health;

/// <summary>Liveness: the pipeline makes progress. A dead broker or engine is no reason for a restart, a wedged block is.</summary>
internal sealed class PipelineHealthCheck(VoicePipeline pipeline, IOptions<HttpOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var idle = pipeline.TimeSinceProgress;
        return Task.FromResult(pipeline.JobsInFlight > 0 && idle > options.Value.StuckAfter
            ? HealthCheckResult.Unhealthy($"{pipeline.JobsInFlight} jobs are in flight and none has moved on for {idle.TotalSeconds:0} s.")
            : HealthCheckResult.Healthy($"{pipeline.JobsInFlight} jobs in flight."));
    }
}
