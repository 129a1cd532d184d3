using System.Globalization;

namespace VoiceWorker.SttLoadTests;

/// <summary>Resident memory of this process, as the kernel counts it (proc(5)).</summary>
internal static class ProcessMemory
{
    /// <summary>Now, in MiB.</summary>
    public static double Megabytes => Read("VmRSS:");

    /// <summary>The most since <see cref="ResetPeak"/>, in MiB.</summary>
    public static double PeakMegabytes => Read("VmHWM:");

    /// <summary>Begins a new peak.</summary>
    public static void ResetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    private static double Read(string field)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^2].Split('\t')[^1], CultureInfo.InvariantCulture) / 1024;
    }
}
