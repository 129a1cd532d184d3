using System.Diagnostics;
using System.Globalization;

namespace VoiceWorker.IntegrationTests.Monitoring;

/// <summary>A program that ends with this object, and with the test process, however that ends.</summary>
internal sealed class TiedProcess : IAsyncDisposable
{
    // The shell outlives a test process that is killed: it sees the end of its input then.
    private const string Script = """
        trap : INT TERM HUP
        "$@" </dev/null >"$OUTPUT" 2>&1 & child=$!
        echo "$child"
        read -r _
        kill -TERM "$child"
        ( sleep 30; kill -KILL "$child" ) & killer=$!
        wait "$child"
        code=$?
        kill -KILL "$killer"
        exit "$code"
        """;

    private readonly Process _shell;
    private readonly string _output;

    private TiedProcess(Process shell, string output) => (_shell, _output, Id) = (shell, output, int.Parse(shell.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture));

    /// <summary>The program's number.</summary>
    public int Id { get; }

    /// <summary>What the program has written so far, on both of its outputs.</summary>
    public string Output => File.Exists(_output) ? File.ReadAllText(_output) : "";

    /// <summary>Whether the program has ended. Until this object ends, it is a zombie then.</summary>
    public bool HasEnded => File.ReadAllText($"/proc/{Id}/stat").Contains(") Z ", StringComparison.Ordinal);

    /// <summary>Starts a program.</summary>
    /// <param name="output">The file that its output goes to.</param>
    /// <param name="program">The program and its arguments.</param>
    public static TiedProcess Start(string output, params string[] program)
    {
        var start = new ProcessStartInfo("bash", ["-c", Script, "bash", .. program]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OUTPUT"] = output;
        return new(Process.Start(start)!, output);
    }

    /// <summary>Ends the program with SIGTERM, and after half a minute by force.</summary>
    /// <returns>Its exit code; 128 plus the signal's number when a signal ended it.</returns>
    public async Task<int> StopAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        return _shell.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _shell.Dispose();
    }
}
