using System.Diagnostics;
using System.Globalization;

namespace VoiceWorker.IntegrationTests.Poison;

/// <summary>The worker as a process under a service manager that starts it again whenever it dies. Ends with the test process.</summary>
internal sealed class RestartedWorker : IAsyncDisposable
{
    // The shell outlives a test process that is killed: it sees the end of its input then.
    private const string Script = """
        exec 3<&0
        "$@" </dev/null >>"$OUTPUT" 2>&1 & child=$!
        echo "$child"
        ( read -r _ <&3; kill -KILL "$child" ) & watcher=$!
        wait "$child"
        kill "$watcher"
        """;

    private readonly string[] _command;
    private readonly string _output;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private volatile int _pid;
    private int _kills;

    private RestartedWorker(string output, string[] settings)
    {
        _command = [Path.Combine(AppContext.BaseDirectory, "voiceworker"), "run", .. settings];
        _output = output;
        _running = RunAsync();
    }

    /// <summary>How often it was killed.</summary>
    public int Kills => Volatile.Read(ref _kills);

    /// <summary>Starts a worker.</summary>
    /// <param name="output">The file that its output is added to.</param>
    /// <param name="settings">Its settings.</param>
    public static RestartedWorker Start(string output, params string[] settings) => new(output, settings);

    /// <summary>What a crash of native code does to the process.</summary>
    public void Kill()
    {
        Interlocked.Increment(ref _kills);
        using var process = Process.GetProcessById(_pid);
        process.Kill();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var start = new ProcessStartInfo("bash", ["-c", Script, "bash", .. _command]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["OUTPUT"] = _output;
            using var shell = Process.Start(start)!;
            _pid = int.Parse((await shell.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
            await using var end = _stop.Token.Register(() => shell.StandardInput.Close());
            await shell.WaitForExitAsync();
        }
    }
}
