using System.Reflection;
using Prometheus;

namespace VoiceWorker.Host.Telemetry;

/// <summary>
/// What the process and the .NET runtime do, read at each scrape. prometheus-net's own set lacks pauses and the thread
/// pool, and its adapter of System.Runtime's meter gives counters as gauges, without units.
/// </summary>
internal static class RuntimeMetrics
{
    /// <summary>Adds them to a registry.</summary>
    public static void Register(CollectorRegistry registry)
    {
        DotNetStats.Register(registry);
        var metrics = Metrics.WithCustomRegistry(registry);
        var pauses = metrics.CreateCounter("dotnet_gc_pause_seconds_total", "Time for which garbage collection has stopped the process.");
        var allocated = metrics.CreateCounter("dotnet_gc_allocated_bytes_total", "Bytes allocated on the managed heap.");
        var exceptions = metrics.CreateCounter("dotnet_exceptions_total", "Exceptions thrown, handled ones included.");
        var contentions = metrics.CreateCounter("dotnet_lock_contentions_total", "Times that a thread waited for a lock.");
        var threads = metrics.CreateGauge("dotnet_thread_pool_threads", "Threads of the thread pool.");
        var queue = metrics.CreateGauge("dotnet_thread_pool_queue_length", "Work items that wait for a thread.");
        metrics.CreateGauge("dotnet_processors", "Processors that the process may use.").Set(Environment.ProcessorCount);
        metrics.CreateGauge("voiceworker_build_info", "Always 1; the version and the runtime are in the labels.", ["version", "runtime"])
            .WithLabels(Version, Environment.Version.ToString()).Set(1);
        AppDomain.CurrentDomain.FirstChanceException += (_, _) => exceptions.Inc();
        registry.AddBeforeCollectCallback(() =>
        {
            pauses.IncTo(GC.GetTotalPauseDuration().TotalSeconds);
            allocated.IncTo(GC.GetTotalAllocatedBytes());
            contentions.IncTo(Monitor.LockContentionCount);
            threads.Set(ThreadPool.ThreadCount);
            queue.Set(ThreadPool.PendingWorkItemCount);
        });
    }

    private static string Version =>
        typeof(RuntimeMetrics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
