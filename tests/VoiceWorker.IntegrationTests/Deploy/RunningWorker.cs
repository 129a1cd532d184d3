using System.Net;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Monitoring;

namespace VoiceWorker.IntegrationTests.Deploy;

/// <summary><c>voiceworker run</c> as a process of its own, with its endpoints on a free port. Its broker is away unless a setting says otherwise.</summary>
internal sealed class RunningWorker : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TiedProcess _process;

    private RunningWorker(string program, string[] settings)
    {
        var port = FreePort.Next();
        Http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
        // Later settings win, so the test's are last.
        _process = TiedProcess.Start(_folder["output.txt"],
            [program, "run", $"--Http:Url=http://127.0.0.1:{port}", "--RabbitMq:Uri=amqp://127.0.0.1:1", "--Stt:Engine=onnx", "--Stt:Onnx:TrimEncoder=true", .. settings]);
    }

    /// <summary>The program of this build.</summary>
    public static string BuiltProgram => Path.Combine(AppContext.BaseDirectory, "voiceworker");

    /// <summary>Where metrics and health are.</summary>
    public HttpClient Http { get; }

    /// <summary>What it has logged.</summary>
    public string Output => _process.Output;

    /// <summary>Starts a worker and waits until an address answers with 200.</summary>
    public static async Task<RunningWorker> StartAsync(string program, string until, params string[] settings)
    {
        var worker = new RunningWorker(program, settings);
        await Wait.UntilAsync(async () => worker._process.HasEnded || await worker.StatusAsync(until) == HttpStatusCode.OK, $"{until} answers");
        Assert.False(worker._process.HasEnded, worker.Output);
        return worker;
    }

    /// <summary>The status that an address answers with; null while nobody listens.</summary>
    public async Task<HttpStatusCode?> StatusAsync(string address)
    {
        try
        {
            using var response = await Http.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(_process.Output);
        Http.Dispose();
        _folder.Dispose();
    }
}
