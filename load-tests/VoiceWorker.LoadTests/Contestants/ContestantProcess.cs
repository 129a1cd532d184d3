using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;

namespace VoiceWorker.LoadTests.Contestants;

/// <summary>A process of its own for a contestant, so that memory and CPU time are its own. It stays warm from one run to the next.</summary>
internal sealed class ContestantProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<Sample> _samples = [];

    // Read at once: a contestant whose pipe is full would stand still until somebody asks.
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    private ContestantProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
                _lines.Writer.Complete(new InvalidOperationException("The contestant's process has ended; its errors are above."));
            else
                _lines.Writer.TryWrite(line.Data);
        };
        process.BeginOutputReadLine();
    }

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>The samples of the run since <see cref="StartAsync"/>.</summary>
    public IReadOnlyList<Sample> Samples => _samples;

    /// <summary>Starts the process; it does nothing yet.</summary>
    public static ContestantProcess Launch(IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["contestant"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>Has a contestant take jobs.</summary>
    public async Task StartAsync(ContestantSettings settings, CancellationToken cancellationToken)
    {
        _samples.Clear();
        await SayAsync(JsonSerializer.Serialize(settings.Format()));
        while (await HearAsync(cancellationToken) != ContestantCommand.Started)
        {
            // Whatever an engine says while it starts.
        }
    }

    /// <summary>Collects samples until so many jobs are done.</summary>
    public async Task WaitAsync(long jobs, CancellationToken cancellationToken)
    {
        while (_samples.Count == 0 || _samples[^1].Done < jobs)
            Note(await HearAsync(cancellationToken));
    }

    /// <summary>Ends the contestant; the process stays.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await SayAsync("stop");
        while (await HearAsync(cancellationToken) is var line && line != ContestantCommand.Stopped)
            Note(line);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task SayAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    private ValueTask<string> HearAsync(CancellationToken cancellationToken) => _lines.Reader.ReadAsync(cancellationToken);

    private void Note(string line)
    {
        if (line.StartsWith('{'))
            _samples.Add(JsonSerializer.Deserialize<Sample>(line)!);
    }
}
