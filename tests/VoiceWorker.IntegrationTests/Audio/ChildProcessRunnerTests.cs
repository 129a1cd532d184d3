using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;
using VoiceWorker.Audio.Processes;

namespace VoiceWorker.IntegrationTests.Audio;

[SupportedOSPlatform("linux")]
public sealed class ChildProcessRunnerTests
{
    private const int Megabyte = 1 << 20;

    private readonly ChildProcessRunner _runner = new(TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_Cat_GivesAllInputBack()
    {
        var input = new byte[3 * Megabyte];
        new Random(1).NextBytes(input);

        using var result = await RunAsync("/bin/cat", [], input: [input.AsMemory(0, 1000), input.AsMemory(1000)]);

        Assert.True(result.Succeeded);
        Assert.Equal(input, result.Output.ToArray());
    }

    [Fact]
    public async Task RunAsync_ProgramThatWrites_SaysThatItMovesOn()
    {
        var heartbeat = new CountingHeartbeat();

        using var result = await new ChildProcessRunner(TimeProvider.System, heartbeat).RunAsync(
            new("/bin/cat", []) { Input = [new byte[Megabyte]], Timeout = TimeSpan.FromSeconds(30), MaxOutputBytes = Megabyte }, Cancel);

        Assert.True(result.Succeeded);
        Assert.InRange(heartbeat.Beats, 2, Megabyte);
    }

    [Fact]
    public async Task RunAsync_ProgramThatReadsNothing_IsNoError()
    {
        using var result = await RunAsync("/bin/true", [], input: [new byte[Megabyte]]);

        Assert.True(result.Succeeded);
    }

    [Fact]
    public async Task RunAsync_UnknownProgram_IsAnOutcome()
    {
        using var result = await RunAsync("/nonexistent/program", []);

        Assert.Equal(ChildProcessOutcome.NotStarted, result.Outcome);
        Assert.NotEmpty(result.ErrorLine);
    }

    [Fact]
    public async Task RunAsync_ChildThatWantsOut_ReachesNobody()
    {
        Assert.SkipUnless(NetworkIsolation.IsOn, "this system lets nobody make network namespaces");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var script = new Script($"exec 3<>/dev/tcp/127.0.0.1/{((IPEndPoint)listener.LocalEndpoint).Port}");
        using var unbound = Process.Start(script.Path);
        await unbound.WaitForExitAsync(Cancel);

        using var result = await RunAsync(script.Path, []);

        Assert.Equal((0, 1), (unbound.ExitCode, result.ExitCode));
        Assert.Contains("Network is unreachable", result.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ExitCode_IsReported()
    {
        using var script = new Script("echo 'went wrong' >&2; exit 7");

        using var result = await RunAsync(script.Path, []);

        Assert.Equal((ChildProcessOutcome.Exited, 7, "went wrong", false), (result.Outcome, result.ExitCode, result.ErrorLine, result.Crashed));
    }

    [Fact]
    public async Task RunAsync_Crash_IsToldFromAnExitCode()
    {
        using var script = new Script("kill -SEGV $$");

        using var result = await RunAsync(script.Path, []);

        Assert.True(result.Crashed);
    }

    [Fact]
    public async Task RunAsync_OutputWithoutEnd_IsCutAndTheProgramKilled()
    {
        using var script = new Script("mkdir $FOLDER/pid.$$; exec cat /dev/zero");

        using var result = await RunAsync(script.Path, [], maxOutput: Megabyte);

        Assert.Equal(ChildProcessOutcome.OutputTooLarge, result.Outcome);
        Assert.InRange(result.Output.Length, Megabyte, 2 * Megabyte);
        await Script.EndedAsync(await script.ProcessIdAsync("pid", Cancel), Cancel);
    }

    [Fact]
    public async Task RunAsync_OutputExactlyAtTheLimit_IsAccepted()
    {
        using var result = await RunAsync("/bin/cat", [], input: [new byte[Megabyte]], maxOutput: Megabyte);

        Assert.True(result.Succeeded);
        Assert.Equal(Megabyte, result.Output.Length);
    }

    [Fact]
    public async Task RunAsync_FloodOfErrors_DoesNotBlockAndIsNotKept()
    {
        using var script = new Script("head -c 20000000 /dev/zero | tr '\\0' 'x' >&2; echo done");

        using var result = await RunAsync(script.Path, []);

        Assert.True(result.Succeeded);
        Assert.Equal("done\n", Encoding.UTF8.GetString(result.Output.Span));
        Assert.Equal(300, result.ErrorLine.Length);
    }

    [Fact]
    public async Task RunAsync_ProgramThatHangsAndIgnoresSignals_IsKilledWithItsChildren()
    {
        using var script = new Script("trap '' TERM INT HUP; mkdir $FOLDER/parent.$$; sleep 600 & mkdir $FOLDER/child.$!; while :; do wait; done");

        using var result = await RunAsync(script.Path, [], timeout: TimeSpan.FromSeconds(1));

        Assert.Equal(ChildProcessOutcome.TimedOut, result.Outcome);
        await Script.EndedAsync(await script.ProcessIdAsync("parent", Cancel), Cancel);
        await Script.EndedAsync(await script.ProcessIdAsync("child", Cancel), Cancel);
    }

    [Fact]
    public async Task RunAsync_GrandchildThatKeepsThePipesOpen_DoesNotOutlastTheTimeLimit()
    {
        using var script = new Script("sleep 600 & mkdir $FOLDER/child.$!; echo out");

        using var result = await RunAsync(script.Path, [], timeout: TimeSpan.FromSeconds(1));

        Assert.Equal(ChildProcessOutcome.TimedOut, result.Outcome);
        System.Diagnostics.Process.GetProcessById(await script.ProcessIdAsync("child", Cancel)).Kill();
    }

    [Fact]
    public async Task RunAsync_Cancelled_KillsTheTree()
    {
        using var script = new Script("mkdir $FOLDER/parent.$$; sleep 600 & mkdir $FOLDER/child.$!; wait");
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var run = RunAsync(script.Path, [], cancellationToken: cancellation.Token);
        var parent = await script.ProcessIdAsync("parent", Cancel);
        var child = await script.ProcessIdAsync("child", Cancel);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        await Script.EndedAsync(parent, Cancel);
        await Script.EndedAsync(child, Cancel);
    }

    [Fact]
    public async Task RunAsync_Environment_HasOnlyPathAndLanguage()
    {
        Environment.SetEnvironmentVariable("VOICEWORKER_TEST_SECRET", "secret");

        using var result = await RunAsync("/usr/bin/env", []);

        var names = Encoding.UTF8.GetString(result.Output.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=')[0]);
        Assert.Equal(["LANG", "PATH"], names.Order());
    }

    [Fact]
    public async Task RunAsync_ArgumentsWithShellCharacters_ArriveAsTheyAre()
    {
        using var result = await RunAsync("/usr/bin/printf", ["%s", "$(id); `id` \"'* | > /dev/null"]);

        Assert.Equal("$(id); `id` \"'* | > /dev/null", Encoding.UTF8.GetString(result.Output.Span));
    }

    // The child first reads its input, which is only written once the limits are set.
    [Fact]
    public async Task RunAsync_Limits_ArriveInTheChild()
    {
        using var script = new Script("read; ulimit -f; ulimit -c; ulimit -t; ulimit -v");

        using var result = await RunAsync(script.Path, [], input: ["\n"u8.ToArray()], maxMemory: 512L * Megabyte);

        Assert.Equal("0\n0\n30\n524288\n", Encoding.UTF8.GetString(result.Output.Span));
    }

    // The limit is on processor time, so the test takes as long as it takes to use that up.
    [Fact]
    public async Task RunAsync_ProgramThatUsesUpItsProcessorTime_IsEnded()
    {
        using var script = new Script("while :; do :; done");

        using var result = await _runner.RunAsync(
            new ChildProcessRequest(script.Path, []) { Timeout = TimeSpan.FromMinutes(2), MaxCpuTime = TimeSpan.FromSeconds(1) }, Cancel);

        Assert.True(result.IsOutOfCpuTime, result.Ending);
    }

    [Theory]
    [InlineData("exit 3", false)]
    [InlineData("read -N 1; exit 3", true)]
    [InlineData("cat >/dev/null; exit 3", true)]
    [InlineData("exec <&-; sleep 0.01; exit 3", false)]
    public async Task RunAsync_AnyEnd_SaysWhetherInputWasRead(string body, bool expected)
    {
        using var script = new Script(body);
        foreach (var length in new[] { 1, 4_096, 4_097, 65_536, Megabyte })
        {
            using var result = await RunAsync(script.Path, [], input: [new byte[length]]);

            Assert.Equal((3, expected), (result.ExitCode, result.HasReadInput));
        }
    }

    private Task<ChildProcessResult> RunAsync(
        string program,
        string[] arguments,
        ReadOnlyMemory<byte>[]? input = null,
        int maxOutput = 16 * Megabyte,
        TimeSpan? timeout = null,
        long? maxMemory = null,
        CancellationToken? cancellationToken = null) =>
        _runner.RunAsync(
            new ChildProcessRequest(program, arguments)
            {
                Input = input ?? [],
                MaxOutputBytes = maxOutput,
                Timeout = timeout ?? TimeSpan.FromSeconds(30),
                MaxMemoryBytes = maxMemory,
            },
            cancellationToken ?? Cancel);
}
