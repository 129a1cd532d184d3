using System.ComponentModel;
using System.Diagnostics;

namespace VoiceWorker.Audio.Processes;

/// <summary>
/// Starts children in a network namespace of their own (unshare(1)), where there is nothing to reach, not even
/// loopback. Best effort: where the kernel or a container's seccomp profile says no, they start as they are.
/// </summary>
public static class NetworkIsolation
{
    private const string Unshare = "/usr/bin/unshare";

    // Mapped to itself, a child keeps its user's rights to files.
    private static readonly string[] Arguments = ["--user", "--map-current-user", "--net", "--"];

    private static readonly Lazy<bool> Works = new(Try);

    /// <summary>Whether children have no network.</summary>
    public static bool IsOn => Works.Value;

    /// <summary>The command that starts a program without network.</summary>
    public static (string FileName, IEnumerable<string> Arguments) Wrap(string fileName, IEnumerable<string> arguments) =>
        // What is not there is left to fail under its own name.
        IsOn && Find(fileName) is { } path ? (Unshare, [.. Arguments, path, .. arguments]) : (fileName, arguments);

    private static string? Find(string fileName) =>
        fileName.Contains('/') ? Existing(fileName)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Existing(Path.Combine(folder, fileName))).FirstOrDefault(path => path is not null);

    private static string? Existing(string path) => File.Exists(path) ? path : null;

    private static bool Try()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Unshare, [.. Arguments, "/bin/true"]) { RedirectStandardError = true });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Exception e) when (e is Win32Exception or PlatformNotSupportedException)
        {
            return false;
        }
    }
}
