using System.Globalization;
using Prometheus;
using VoiceWorker.Core.Configuration;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Telemetry;
using VoiceWorker.Host.Hosting.Settings;
using VoiceWorker.Host.Telemetry;

namespace VoiceWorker.Host.Hosting;

/// <summary>The composition root: configuration, engines and the pipeline, for the daemon and for the embedded commands alike.</summary>
internal static class WorkerHost
{
    /// <summary>The prefix of environment variables that set options: <c>VOICEWORKER__RabbitMq__Uri</c>.</summary>
    public const string EnvironmentPrefix = "VOICEWORKER__";

    /// <summary>Engines and pipeline without broker and endpoints: what <c>process</c> and <c>doctor</c> need.</summary>
    public static HostApplicationBuilder CreateEmbeddedBuilder(string[] args)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, ContentRootPath = AppContext.BaseDirectory });
        Configure(builder, args);
        return builder;
    }

    /// <summary>Everything that the daemon shares with the embedded commands, on the web application that serves its metrics.</summary>
    public static WebApplicationBuilder CreateDaemonBuilder(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        Configure(builder, args);
        return builder;
    }

    private static void Configure(IHostApplicationBuilder builder, string[] args)
    {
        // Later sources win: the file beside the program, the file where it was started, environment, command line.
        builder.Configuration
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
            .AddEnvironmentVariables(EnvironmentPrefix)
            .AddCommandLine(args);
        RenamedSettings.Apply(builder.Configuration);
        builder.Logging.ClearProviders().AddConfiguration(builder.Configuration.GetSection("Logging")).AddWorkerConsole(builder.Configuration);
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddMetricRegistry()
            .AddEngines(builder.Configuration)
            .AddPipeline(builder.Configuration);
        // The stop must outlast the drain, or the host cuts it short. Read past the options: asking for them here would
        // validate this section before, and without, the others.
        builder.Services.AddOptions<HostOptions>().Configure<IConfiguration>((host, configuration) =>
            host.ShutdownTimeout = TimeSpan.FromSeconds(10) + (TimeSpan.TryParse(configuration["Pipeline:DrainTimeout"], CultureInfo.InvariantCulture, out var drain)
                ? drain
                : new PipelineOptions().DrainTimeout));
    }

    private static IServiceCollection AddMetricRegistry(this IServiceCollection services)
    {
        var registry = Metrics.NewCustomRegistry();
        RuntimeMetrics.Register(registry);
        return services.AddSingleton(registry).AddSingleton<IMetricFactory>(Metrics.WithCustomRegistry(registry));
    }

    private static IServiceCollection AddPipeline(this IServiceCollection services, IConfiguration configuration) => services
        .AddValidatedOptions<PipelineOptions, PipelineOptionsValidator>(configuration, "Pipeline")
        .AddSingleton<PipelineMetrics>()
        .AddSingleton<Heartbeat>()
        .AddSingleton<IHeartbeat>(provider => provider.GetRequiredService<Heartbeat>())
        .AddSingleton<VoicePipeline>()
        .AddSingleton<IJobSink>(provider => provider.GetRequiredService<VoicePipeline>());
}
