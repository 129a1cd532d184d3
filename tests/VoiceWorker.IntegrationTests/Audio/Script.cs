using System.Globalization;
using System.Runtime.Versioning;

namespace VoiceWorker.IntegrationTests.Audio;

/// <summary>A shell script in a folder of its own, to stand in for a program that misbehaves.</summary>
[SupportedOSPlatform("linux")]
internal sealed class Script : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceworker-test-");

    /// <param name="body">The script; <c>$FOLDER</c> is its own folder.</param>
    public Script(string body)
    {
        Path = System.IO.Path.Combine(_folder.FullName, "program");
        File.WriteAllText(Path, $"#!/bin/bash\nFOLDER={_folder.FullName}\n{body}\n");
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public string Path { get; }

    /// <summary>
    /// Waits for the folder <c>NAME.PID</c> that the script makes to tell a process id; a child may not write files.
    /// </summary>
    public async Task<int> ProcessIdAsync(string name, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (_folder.EnumerateDirectories($"{name}.*").FirstOrDefault() is { } folder)
                return int.Parse(folder.Extension[1..], CultureInfo.InvariantCulture);
            await Task.Delay(10, patience.Token);
        }
    }

    /// <summary>Whether a process still runs; one that nobody has waited for yet does not.</summary>
    public static bool IsRunning(int processId)
    {
        try
        {
            return !File.ReadAllText($"/proc/{processId}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Waits until a process has ended.</summary>
    public static async Task EndedAsync(int processId, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (IsRunning(processId))
            await Task.Delay(10, patience.Token);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
