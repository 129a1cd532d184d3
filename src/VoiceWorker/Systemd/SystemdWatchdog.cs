using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting.Systemd;
using VoiceWorker.Host.Health;

namespace VoiceWorker.Host.Systemd;

/// <summary>
/// Tells systemd that the worker lives, for as long as the liveness check says so: WatchdogSec= then ends a wedged one,
/// and leaves one alone whose broker or engines are down.
/// </summary>
internal sealed class SystemdWatchdog(ISystemdNotifier notifier, HealthCheckService health, TimeProvider time, ILogger<SystemdWatchdog> log) : BackgroundService
{
    /// <summary>How often systemd wants a sign of life, halved as sd_watchdog_enabled(3) advises; null when it wants none.</summary>
    internal static TimeSpan? Interval =>
        long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds) / 2
            : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var interval = Interval;
        using var timer = new PeriodicTimer(interval ?? TimeSpan.FromSeconds(15), time);
        do
        {
            var alive = await health.CheckHealthAsync(check => check.Tags.Contains(HealthTags.Live), stoppingToken);
            var status = string.Join("; ", alive.Entries.Select(entry => entry.Value.Description));
            notifier.Notify(new ServiceState($"STATUS={status}"));
            if (alive.Status != HealthStatus.Healthy)
                Log.WatchdogSilent(log, status);
            else if (interval is not null)
                notifier.Notify(new ServiceState("WATCHDOG=1"));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
