using System.Net;
using System.Text;
using RabbitMQ.Client;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Deploy;
using VoiceWorker.IntegrationTests.RabbitMq;

namespace VoiceWorker.IntegrationTests.Monitoring;

/// <summary>
/// The real worker with its real engines, a real broker and a real Prometheus that watched them during some seconds of
/// spoken and written jobs, good ones and bad ones. Started once for all tests that look at what was recorded.
/// </summary>
public sealed class WorkerUnderLoad(BrokerFixture broker) : IAsyncLifetime
{
    private static readonly TimeSpan LoadTime = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private TiedProcess? _worker;
    private PrometheusServer? _prometheus;
    private int _jobs;

    internal PrometheusServer Prometheus => _prometheus!;

    /// <summary>When the load began.</summary>
    internal DateTimeOffset Began { get; private set; }

    /// <summary>When the last reply had come.</summary>
    internal DateTimeOffset Ended { get; private set; }

    /// <summary>What a scrape brings, in the text format.</summary>
    internal string Scrape { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var node = await broker.NodeAsync();
        var queues = new TestQueues(node);
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        _worker = TiedProcess.Start(
            _folder["worker.txt"], Path.Combine(AppContext.BaseDirectory, "voiceworker"), "run", $"--Http:Url={address.ToString().TrimEnd('/')}",
            $"--RabbitMq:Host=127.0.0.1", $"--RabbitMq:Port={node.Port}", $"--RabbitMq:Queue={queues.Jobs}", $"--RabbitMq:DeadLetterQueue={queues.Dead}", $"--RabbitMq:ResultsExchange={queues.Results}",
            "--RabbitMq:ObserveInterval=00:00:00.500", "--Stt:Engine=onnx", $"--Stt:ModelPath={RepositoryFiles.PathOf("models/ggml-demo-en-es.bin")}");
        try
        {
            await Wait.UntilAsync(() => IsReadyAsync(new(address, "health/ready")), "the worker is ready");
            _prometheus = await PrometheusServer.StartAsync(address.Port);
            await using var producer = await TestProducer.StartAsync(node, queues);
            await LoadAsync(producer);
            Scrape = await _http.GetStringAsync(new Uri(address, "metrics"));
        }
        catch
        {
            TestContext.Current.TestOutputHelper?.WriteLine(_worker.Output);
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_prometheus is not null)
            await _prometheus.DisposeAsync();
        if (_worker is not null)
            await _worker.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    private async Task LoadAsync(TestProducer producer)
    {
        var speech = await File.ReadAllBytesAsync(RepositoryFiles.PathOf("samples/en-1.wav"));
        Began = TimeProvider.System.GetUtcNow();
        while (TimeProvider.System.GetUtcNow() - Began < LoadTime)
        {
            await SendAsync(producer, speech, "audio/wav");
            await SendAsync(producer, """{"text":"The house is big.","source_lang":"en","target_lang":"es"}"""u8.ToArray(), "application/json");
            await SendAsync(producer, Encoding.UTF8.GetBytes($$"""{"text":"Number {{_jobs}}.","source_lang":"en","target_lang":"es"}"""), "application/json");
            await SendAsync(producer, "not json"u8.ToArray(), "application/json");
            // Nobody waits for this one any more: it fails, and not by its producer's fault.
            await SendAsync(producer, speech, "audio/wav", headers => headers["deadline"] = 1L);
            await Task.Delay(500);
        }

        await Wait.UntilAsync(() => producer.Replies.Count >= _jobs, $"all {_jobs} jobs are answered");
        // Two more scrapes see the end of it.
        await Task.Delay(2500);
        Ended = TimeProvider.System.GetUtcNow();
    }

    private Task SendAsync(TestProducer producer, byte[] body, string contentType, Action<Dictionary<string, object?>>? change = null)
    {
        var headers = new Dictionary<string, object?> { ["source_lang"] = "en", ["target_lang"] = "es" };
        change?.Invoke(headers);
        return producer.SendAsync(body, contentType, $"load-{_jobs++}", properties =>
            (properties.Headers, properties.Timestamp) = (headers, new AmqpTimestamp(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds())));
    }

    private async Task<bool> IsReadyAsync(Uri address)
    {
        try
        {
            using var response = await _http.GetAsync(address);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
