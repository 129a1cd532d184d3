using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace VoiceWorker.SttLoadTests;

/// <summary>Runs one measurement in a process of its own: its memory and its thread pools are nobody else's.</summary>
internal static class MeasuringProcess
{
    public const string Command = "measure";

    /// <summary>Measures on the first <paramref name="cores"/> cores.</summary>
    /// <returns>One figure for each number of jobs at once.</returns>
    public static async Task<IReadOnlyList<Figure>> RunAsync(MeasurementSettings settings, int cores, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("taskset") { RedirectStandardOutput = true };
        string[] arguments = ["--cpu-list", $"0-{cores - 1}", Environment.ProcessPath!, Command, JsonSerializer.Serialize(settings)];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // whisper.cpp's threads wait for each other by spinning, which costs it more than it gains on a machine without idle cores.
        start.Environment["OMP_WAIT_POLICY"] = "passive";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"the measurement of {settings.Candidate.Name} ended with {process.ExitCode}"));
        return [.. output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonSerializer.Deserialize<Figure>(line)!)];
    }
}
