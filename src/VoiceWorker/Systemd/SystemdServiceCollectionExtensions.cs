using System.Globalization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting.Systemd;

namespace VoiceWorker.Host.Systemd;

/// <summary>Registers what talks to systemd: READY, STOPPING, STATUS and WATCHDOG (sd_notify(3)).</summary>
internal static class SystemdServiceCollectionExtensions
{
    /// <summary>
    /// Does nothing outside of a Type=notify service. The library's own AddSystemd finds out by the name of the parent
    /// process, which ProtectProc= hides from a service, and would then never say that it is ready.
    /// </summary>
    public static IServiceCollection AddSystemdNotifications(this IServiceCollection services)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NOTIFY_SOCKET")))
            return services;
        services.Replace(ServiceDescriptor.Singleton<IHostLifetime, SystemdLifetime>());
        // Half of what systemd allows, as sd_watchdog_enabled(3) advises.
        if (long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0)
            services.Configure<WatchdogRequest>(options => options.Interval = TimeSpan.FromMicroseconds(microseconds) / 2);
        return services.AddSingleton<ISystemdNotifier, SystemdNotifier>().AddHostedService<SystemdWatchdog>();
    }
}
