using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Options;
using VoiceWorker.Host.Health;

namespace VoiceWorker.Host.Systemd;

/// <summary>
/// Tells systemd that the worker lives, for as long as the liveness check says so: WatchdogSec= then ends a wedged one,
/// and leaves one alone whose broker or engines are down.
/// </summary>
internal sealed class SystemdWatchdog(ISystemdNotifier notifier, HealthCheckService health, IOptions<WatchdogRequest> options, TimeProvider time, ILogger<SystemdWatchdog> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval ?? TimeSpan.FromSeconds(15), time);
        do
            await NotifyAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "One failed notification is no reason to stop the worker; if it goes on, systemd ends it.")]
    private async Task NotifyAsync(CancellationToken stoppingToken)
    {
        try
        {
            var alive = await health.CheckHealthAsync(check => check.Tags.Contains(HealthTags.Live), stoppingToken);
            var status = string.Join("; ", alive.Entries.Select(entry => entry.Value.Description));
            notifier.Notify(new ServiceState($"STATUS={status}"));
            if (alive.Status != HealthStatus.Healthy)
                Log.WatchdogSilent(log, status);
            else if (options.Value.Interval is not null)
                notifier.Notify(new ServiceState("WATCHDOG=1"));
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            Log.WatchdogFailed(log, e);
        }
    }
}
