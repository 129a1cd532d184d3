using System.Collections;
using System.ComponentModel;
using System.Globalization;
using CliWrap;
using Microsoft.Extensions.Logging;
using VoiceWorker.Engines.Http;

namespace VoiceWorker.Engines.Apertium;

/// <summary>One run of apertium-apy, from its start to its end. It ends with the worker, however the worker ends.</summary>
internal sealed class ApertiumProcess : IAsyncDisposable
{
    private const string PortLine = "port ";
    private static readonly Lazy<string> Launcher = new(ReadLauncher);

    private readonly ILogger _logger;
    private readonly CancellationTokenSource _kill = new();
    private readonly TaskCompletionSource<int> _port = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string _lastWords = "it said nothing";

    /// <summary>Starts the process.</summary>
    public ApertiumProcess(ApertiumOptions options, ILogger logger)
    {
        _logger = logger;
        Ended = RunAsync(options);
    }

    /// <summary>The process's number; 0 before it runs.</summary>
    public int Id { get; private set; }

    /// <summary>Why the process ended. Never faults.</summary>
    public Task<string> Ended { get; }

    /// <summary>The address at which the process takes connections.</summary>
    /// <exception cref="Core.Ports.EngineException">The process ended before it had one.</exception>
    public async Task<Uri> WaitForAddressAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAny(_port.Task, Ended).WaitAsync(cancellationToken);
        return _port.Task.IsCompletedSuccessfully
            ? new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", await _port.Task).Uri
            : throw HttpFaults.Down($"The worker's own Apertium server does not start: {await Ended}.");
    }

    /// <summary>Kills the process with its children, if it still runs, and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _kill.CancelAsync();
        await Ended;
        _kill.Dispose();
    }

    private async Task<string> RunAsync(ApertiumOptions options)
    {
        try
        {
            var run = Cli.Wrap(options.Python)
                .WithArguments(["-I", "-c", Launcher.Value, "--port", "0", options.ModesDirectory])
                .WithWorkingDirectory("/")
                .WithEnvironmentVariables(CleanEnvironment())
                // Held open and never written to: its end tells the launcher that the worker is gone.
                .WithStandardInputPipe(PipeSource.Create((_, token) => Task.Delay(Timeout.Infinite, token)))
                .WithStandardOutputPipe(PipeTarget.ToDelegate(OnOutput))
                .WithStandardErrorPipe(PipeTarget.ToDelegate(OnError))
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(_kill.Token);
            Id = run.ProcessId;
            var result = await run;
            return $"it ended with exit code {result.ExitCode.ToString(CultureInfo.InvariantCulture)}, its last words: {_lastWords}";
        }
        catch (OperationCanceledException)
        {
            return "it was stopped";
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException)
        {
            return $"{options.Python} cannot be run: {(e.InnerException ?? e).Message}";
        }
    }

    private void OnOutput(string line)
    {
        if (line.StartsWith(PortLine, StringComparison.Ordinal)
            && int.TryParse(line.AsSpan(PortLine.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            _port.TrySetResult(port);
        else
            OnError(line);
    }

    private void OnError(string line)
    {
        if (!string.IsNullOrWhiteSpace(line))
            _lastWords = line;
        Log.ApertiumOutput(_logger, line);
    }

    /// <summary>The worker's environment may hold secrets; the child gets the search path and a UTF-8 locale, no more.</summary>
    private static Dictionary<string, string?> CleanEnvironment()
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, _ => (string?)null);
        environment["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin";
        environment["LC_ALL"] = "C.UTF-8";
        return environment;
    }

    private static string ReadLauncher()
    {
        using var resource = typeof(ApertiumProcess).Assembly.GetManifestResourceStream("apy_on_loopback.py")!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }
}
