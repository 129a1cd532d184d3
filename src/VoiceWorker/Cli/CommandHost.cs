using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using VoiceWorker.Host.Hosting.Settings;
using VoiceWorker.RabbitMq;

namespace VoiceWorker.Host.Cli;

/// <summary>The worker's services without broker and web server, for a command that ends by itself.</summary>
internal static class CommandHost
{
    /// <summary>Builds the host.</summary>
    /// <param name="context">The command's surroundings.</param>
    /// <param name="verbose">Whether the log's normal messages are wanted, not only warnings.</param>
    /// <param name="configure">What the command registers beside the worker's services.</param>
    public static IHost Build(CommandContext context, bool verbose, Action<HostApplicationBuilder>? configure = null)
    {
        var builder = context.CreateBuilder(context.Configuration);
        // A rule for this provider goes before the configured levels, which are meant for the daemon.
        if (!verbose)
            builder.Logging.AddFilter<ConsoleLoggerProvider>(null, LogLevel.Warning);
        configure?.Invoke(builder);
        builder.Services.AddSettingsCheck();
        var host = builder.Build();
        // Now: some commands need nothing that is validated at a start, but every setting that they are given is meant.
        _ = host.Services.GetRequiredService<IOptions<WholeConfiguration>>().Value;
        return host;
    }

    /// <summary>Registers how to reach the broker, and nothing that would consume or publish.</summary>
    public static void AddBroker(HostApplicationBuilder builder) => builder.Services.AddBroker(builder.Configuration).AddSingleton<BrokerCheck>();
}
