using System.Diagnostics;
using System.Globalization;
using System.Net;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Deploy;
using VoiceWorker.IntegrationTests.Monitoring;
using VoiceWorker.IntegrationTests;

namespace VoiceWorker.ChaosTests.Harness;

/// <summary>The real worker as a process of its own, which can be killed, frozen and started again.</summary>
/// <param name="environment">Variables as <c>NAME=value</c>.</param>
/// <param name="settings">Settings as <c>--Section:Key=value</c>.</param>
internal sealed class WorkerProcess(IReadOnlyList<string> environment, IReadOnlyList<string> settings) : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new() { BaseAddress = new($"http://127.0.0.1:{FreePort.Next()}/"), Timeout = TimeSpan.FromSeconds(10) };
    private readonly List<string> _earlier = [];
    private TiedProcess? _process;
    private int _starts;

    /// <summary>The process's number.</summary>
    public int Id => _process!.Id;

    /// <summary>What this and all earlier lives have written.</summary>
    public string Output => string.Concat(_earlier) + _process?.Output;

    /// <summary>Shows the end of the log in the test's output.</summary>
    public void WriteLog() => TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', Output.Split('\n').TakeLast(60)));

    /// <summary>Bytes of memory in use.</summary>
    public long ResidentBytes
    {
        get
        {
            using var process = Process.GetProcessById(Id);
            return process.WorkingSet64;
        }
    }

    /// <summary>The most bytes of memory that were ever in use.</summary>
    public long PeakBytes
    {
        get
        {
            using var process = Process.GetProcessById(Id);
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>Whether the process runs.</summary>
    public bool IsAlive => ProcessTree.Runs(Id);

    /// <summary>Starts the process; it need not be ready yet.</summary>
    public void Start() => _process = TiedProcess.Start(
        _folder[$"{++_starts}.txt"],
        ["env", .. environment, Path.Combine(AppContext.BaseDirectory, "voiceworker"), "run", $"--Http:Url={_http.BaseAddress!.ToString().TrimEnd('/')}", .. settings]);

    /// <summary>Waits until the worker takes jobs.</summary>
    public Task ReadyAsync() => Wait.UntilAsync(async () => await StatusAsync("health/ready") == HttpStatusCode.OK || (IsAlive ? false : throw new InvalidOperationException("The worker ended.")), "the worker is ready");

    /// <summary>The status of a page; null when nobody answers.</summary>
    public async Task<HttpStatusCode?> StatusAsync(string path)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(path, UriKind.Relative));
            return response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>A page's text.</summary>
    public Task<string> GetAsync(string path) => _http.GetStringAsync(new Uri(path, UriKind.Relative));

    /// <summary>The value of a metric: all its series together, or those with a text in their labels.</summary>
    public async Task<double> MetricAsync(string name, string label = "") => (await GetAsync("metrics")).Split('\n')
        .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] is ' ' or '{' && line.Contains(label, StringComparison.Ordinal))
        .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    /// <summary>Waits until a number of jobs is at work in a stage.</summary>
    public Task InStageAsync(string stage, int jobs) =>
        Wait.UntilAsync(async () => await MetricAsync("voiceworker_stage_in_flight", $"stage=\"{stage}\"") >= jobs, $"{jobs} jobs are in {stage}");

    /// <summary>Sends a signal, such as <c>KILL</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Ends the process without any warning, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        await SignalAsync("KILL");
        await Wait.UntilAsync(() => !IsAlive, "the worker is gone");
    }

    /// <summary>Starts the process again after its end.</summary>
    public async Task RestartAsync()
    {
        _earlier.Add(_process!.Output);
        await _process.DisposeAsync();
        Start();
    }

    /// <summary>Stops the process with SIGTERM.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> StopAsync() => _process!.StopAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            if (IsAlive)
                await SignalAsync("CONT");
            await _process.DisposeAsync();
        }

        _http.Dispose();
        _folder.Dispose();
    }
}
