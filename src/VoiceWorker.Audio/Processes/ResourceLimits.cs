using System.Runtime.InteropServices;

namespace VoiceWorker.Audio.Processes;

/// <summary>
/// Limits that the kernel enforces on a child, whatever it does: prlimit(2). Best effort: where they cannot be set
/// (another system, a strict seccomp profile) the runner's own limits still hold.
/// </summary>
public static partial class ResourceLimits
{
    // Linux, include/uapi/asm-generic/resource.h
    private const int Cpu = 0;
    private const int FileSize = 1;
    private const int Core = 4;
    private const int AddressSpace = 9;

    /// <summary>Bounds a process that has just started: processor time, memory, files; no core dump.</summary>
    public static void Apply(int processId, ChildProcessRequest request)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
            return;

        // At the first limit comes the signal that says why, at the second one that kills whoever ignores it.
        var seconds = (ulong)Math.Ceiling((request.MaxCpuTime ?? request.Timeout).TotalSeconds);
        Set(processId, Cpu, seconds, seconds + 1);
        Set(processId, Core, 0);
        if (!request.MayWriteFiles)
            Set(processId, FileSize, 0);
        if (request.MaxMemoryBytes is { } bytes)
            Set(processId, AddressSpace, (ulong)bytes);
    }

    private static void Set(int processId, int resource, ulong limit) => Set(processId, resource, limit, limit);

    private static void Set(int processId, int resource, ulong soft, ulong hard) =>
        _ = SetLimit(processId, resource, new Limit(soft, hard), 0);

    [LibraryImport("libc", EntryPoint = "prlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetLimit(int processId, int resource, in Limit newLimit, nint oldLimit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limit(ulong Soft, ulong Hard);
}
