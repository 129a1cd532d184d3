using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Prometheus;
using VoiceWorker.Engines;
using VoiceWorker.Host.Health;
using VoiceWorker.Host.RabbitMq;

namespace VoiceWorker.Host.Hosting;

/// <summary><c>voiceworker run</c>: the daemon between the queue and the engines, with metrics and health over HTTP.</summary>
internal static class DaemonCommand
{
    private const string Live = "live";
    private const string Ready = "ready";

    /// <summary>Runs until SIGTERM or Ctrl+C, then drains.</summary>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        await using var app = Build(args);
        await app.RunAsync(cancellationToken);
        return 0;
    }

    internal static WebApplication Build(string[] args)
    {
        var builder = WorkerHost.CreateDaemonBuilder(args);
        builder.Services
            .AddSystemd()
            .AddValidatedOptions<HttpOptions, HttpOptionsValidator>(builder.Configuration, HttpOptions.Section)
            .AddRabbitMq(builder.Configuration)
            .AddHealthChecks()
            .AddCheck<PipelineHealthCheck>("mesh", tags: [Live])
            .AddCheck<EnginesHealthCheck>("engines", tags: [Ready])
            .AddCheck<ConsumerHealthCheck>("consumer", tags: [Ready]);
        var app = builder.Build();
        // Now, and all sections together: the first one that is used would otherwise hide the others' mistakes.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.Urls.Add(app.Services.GetRequiredService<IOptions<HttpOptions>>().Value.Url);
        app.MapMetrics("/metrics", app.Services.GetRequiredService<CollectorRegistry>());
        app.MapHealthChecks("/health/live", Tagged(Live));
        app.MapHealthChecks("/health/ready", Tagged(Ready));
        return app;
    }

    private static HealthCheckOptions Tagged(string tag) => new()
    {
        Predicate = check => check.Tags.Contains(tag),
        ResponseWriter = (context, report) => context.Response.WriteAsync(
            string.Join('\n', report.Entries.Select(e => $"{e.Key}: {e.Value.Status} {e.Value.Description}").Prepend(report.Status.ToString())) + '\n'),
    };
}
