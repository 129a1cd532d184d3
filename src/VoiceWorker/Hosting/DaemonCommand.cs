using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Prometheus;
using VoiceWorker.Core.Configuration;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Host.Health;
using VoiceWorker.Host.Hosting.Settings;
using VoiceWorker.Host.Systemd;
using VoiceWorker.Host.Telemetry;
using VoiceWorker.RabbitMq;

namespace VoiceWorker.Host.Hosting;

/// <summary><c>voiceworker run</c>: the daemon between the queue and the engines, with metrics, health and its configuration over HTTP.</summary>
internal static class DaemonCommand
{
    /// <summary>Runs until SIGTERM or Ctrl+C, then drains.</summary>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        await using var app = Build(args);
        return await RunAsync(app, cancellationToken);
    }

    /// <summary>Runs a host to its end.</summary>
    /// <returns>0, or 1 when it was ended by a background service that failed: then the service manager is to start it again.</returns>
    internal static async Task<int> RunAsync(IHost app, CancellationToken cancellationToken)
    {
        var services = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        await app.RunAsync(cancellationToken);
        return services.Exists(service => service.ExecuteTask is { IsFaulted: true }) ? 1 : 0;
    }

    internal static WebApplication Build(string[] args)
    {
        var builder = WorkerHost.CreateDaemonBuilder(args);
        builder.Services
            .AddSystemdNotifications()
            .AddTracing(builder.Configuration)
            .AddValidatedOptions<HttpOptions, HttpOptionsValidator>(builder.Configuration, HttpOptions.Section)
            .AddRabbitMq(builder.Configuration)
            .AddSettingsCheck()
            .AddSingleton<IConfigureOptions<KestrelServerOptions>, HttpLimits>()
            .AddSingleton<IValidateOptions<HttpOptions>>(new OpenFilesRule(OpenFiles.Limit()))
            .AddSingleton<IValidateOptions<HttpOptions>, TimeLimitRules>()
            .AddSingleton<IValidateOptions<RabbitMqOptions>, TimeLimitRules>()
            .AddSingleton<EffectiveConfiguration>()
            .AddHostedService<ReloadOnHangup>()
            .AddHealthChecks()
            .AddCheck<PipelineHealthCheck>("pipeline", tags: [HealthTags.Live])
            .AddCheck<EnginesHealthCheck>("engines", tags: [HealthTags.Ready])
            .AddCheck<BrokerHealthCheck>("broker", tags: [HealthTags.Ready])
            .AddCheck<ConsumerHealthCheck>("consumer", tags: [HealthTags.Ready]);
        var app = builder.Build();
        // Now, and all sections together: the first one that is used would otherwise hide the others' mistakes.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        var http = app.Services.GetRequiredService<IOptions<HttpOptions>>().Value;
        app.Urls.Add(http.Url);
        if (OpenFiles.Limit() is { } files && OpenFiles.Most(http, app.Services.GetRequiredService<IOptions<PipelineOptions>>().Value) is var most && files < most)
            Log.FewOpenFiles(app.Logger, files, most);
        app.MapMetrics("/metrics", app.Services.GetRequiredService<CollectorRegistry>());
        if (http.ServesConfiguration)
            app.MapGet("/debug/config", (EffectiveConfiguration configuration) => Results.Text(configuration.ToJson(), "application/json"));
        app.MapHealthChecks("/health/live", Tagged(HealthTags.Live));
        app.MapHealthChecks("/health/ready", Tagged(HealthTags.Ready));
        return app;
    }

    private static HealthCheckOptions Tagged(string tag) => new()
    {
        Predicate = check => check.Tags.Contains(tag),
        ResponseWriter = (context, report) => context.Response.WriteAsync(
            string.Join('\n', report.Entries.Select(e => $"{e.Key}: {e.Value.Status} {e.Value.Description}").Prepend(report.Status.ToString())) + '\n'),
    };
}
