using System.Diagnostics;
using VoiceWorker.IntegrationTests.Deploy;

namespace VoiceWorker.IntegrationTests.LoadTests;

/// <summary>The load tests' program, run for a second or two: its accounting, never its figures.</summary>
public sealed class LoadTestsSmokeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Run_SmokeScenario_EveryJobIsAnsweredOnceAndReported()
    {
        var (exitCode, output) = await RunAsync("run", "smoke", "--out", _folder["out"]);

        Assert.True(exitCode == 0, output);
        // Two seconds at 50 a second; the last job may fall on either side of the end.
        Assert.Matches(@"\| Worker \| 1 \| (99 \| 99|100 \| 100) \| 0 \| 0 \|", await File.ReadAllTextAsync(Path.Combine(_folder["out"], "smoke.md"), TestContext.Current.CancellationToken));
        Assert.StartsWith("<svg ", await File.ReadAllTextAsync(Path.Combine(_folder["out"], "smoke-latency.svg"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RefusedJobs_FailsAndCountsThem()
    {
        // A limit below every job's size: each one is answered with an error.
        var (exitCode, output) = await RunAsync("run", "smoke", "--time", "0.5", "--out", _folder["out"], "--worker", "--RabbitMq:MaxMessageBytes=1024", "--RabbitMq:MaxBytesInFlight=1024");

        Assert.True(exitCode == 1, output);
        Assert.Matches(@"\| Worker \| 1 \| (\d+) \| \1 \| \1 \| 0 \|", await File.ReadAllTextAsync(Path.Combine(_folder["out"], "smoke.md"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_UnknownScenario_SaysWhichThereAre()
    {
        var (exitCode, output) = await RunAsync("run", "nothing-of-the-kind");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("mixed-lengths", output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        // Beside this project's own output: the same configuration and framework.
        var build = Path.GetRelativePath(RepositoryFiles.PathOf("tests/VoiceWorker.IntegrationTests"), AppContext.BaseDirectory);
        var start = new ProcessStartInfo(Path.Combine(RepositoryFiles.PathOf("load-tests/VoiceWorker.LoadTests"), build, "VoiceWorker.LoadTests"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await error);
    }
}
