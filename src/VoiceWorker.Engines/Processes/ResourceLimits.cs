using System.Runtime.InteropServices;

namespace VoiceWorker.Engines.Processes;

/// <summary>
/// Limits that the kernel enforces on a child, whatever it does: prlimit(2). Best effort: where they cannot be set
/// (another system, a strict seccomp profile) the runner's own limits still hold.
/// </summary>
internal static partial class ResourceLimits
{
    // Linux, include/uapi/asm-generic/resource.h
    private const int Cpu = 0;
    private const int FileSize = 1;
    private const int Core = 4;
    private const int AddressSpace = 9;

    /// <summary>Bounds a process that has just started: processor time, memory, no file writing, no core dump.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="cpuTime">Processor time, rounded up to seconds.</param>
    /// <param name="maxMemoryBytes">Address space in bytes; null for no limit.</param>
    public static void Apply(int processId, TimeSpan cpuTime, long? maxMemoryBytes)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
            return;

        Set(processId, Cpu, (ulong)Math.Ceiling(cpuTime.TotalSeconds));
        Set(processId, FileSize, 0);
        Set(processId, Core, 0);
        if (maxMemoryBytes is { } bytes)
            Set(processId, AddressSpace, (ulong)bytes);
    }

    private static void Set(int processId, int resource, ulong limit) =>
        _ = SetLimit(processId, resource, new Limit(limit, limit), 0);

    [LibraryImport("libc", EntryPoint = "prlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetLimit(int processId, int resource, in Limit newLimit, nint oldLimit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limit(ulong Soft, ulong Hard);
}
