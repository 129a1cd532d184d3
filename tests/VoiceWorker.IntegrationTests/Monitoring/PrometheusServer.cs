using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Deploy;

namespace VoiceWorker.IntegrationTests.Monitoring;

/// <summary>A Prometheus of the tests' own, on loopback and with its own data, that scrapes one worker each second and has the project's rules.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http;
    private readonly TiedProcess _process;

    private PrometheusServer(int workerPort)
    {
        var port = FreePort.Next();
        File.WriteAllText(_folder["prometheus.yml"], $$"""
            global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
            rule_files: ['{{RepositoryFiles.PathOf("grafana/prometheus/rules")}}/*.yml']
            scrape_configs:
              - job_name: voiceworker
                static_configs: [{targets: ['127.0.0.1:{{workerPort}}']}]
            """);
        _http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}/") };
        _process = TiedProcess.Start(
            _folder["output.txt"], "prometheus", $"--config.file={_folder["prometheus.yml"]}", $"--storage.tsdb.path={_folder["data"]}", $"--web.listen-address=127.0.0.1:{port}");
    }

    public static async Task<PrometheusServer> StartAsync(int workerPort)
    {
        var server = new PrometheusServer(workerPort);
        try
        {
            await Wait.UntilAsync(server.SeesTheWorkerAsync, "Prometheus scrapes the worker");
            return server;
        }
        catch
        {
            TestContext.Current.TestOutputHelper?.WriteLine(server._process.Output);
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Evaluates an expression at each second of a span.</summary>
    /// <exception cref="InvalidOperationException">Prometheus refused the expression.</exception>
    public async Task<IReadOnlyList<MetricSeries>> QueryAsync(string expression, DateTimeOffset from, DateTimeOffset to)
    {
        var query = new Dictionary<string, string>
        {
            ["query"] = expression,
            ["start"] = Seconds(from),
            ["end"] = Seconds(to),
            ["step"] = "1",
        };
        using var form = new FormUrlEncodedContent(query);
        using var response = await _http.PostAsync(new Uri("api/v1/query_range", UriKind.Relative), form, TestContext.Current.CancellationToken);
        var reply = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        if ((string?)reply["status"] != "success")
            throw new InvalidOperationException($"{reply["error"]} in {expression}");
        return [.. reply["data"]!["result"]!.AsArray().Select(series => new MetricSeries(
            series!["metric"]!.AsObject().ToDictionary(label => label.Key, label => (string)label.Value!),
            [.. series["values"]!.AsArray().Select(point => ((double)point![0]!, Number((string)point[1]!))).Where(point => double.IsFinite(point.Item2))]))];
    }

    /// <summary>All rules with their state, as the server has them.</summary>
    public async Task<IReadOnlyList<JsonNode>> RulesAsync()
    {
        var reply = await _http.GetFromJsonAsync<JsonNode>("api/v1/rules", TestContext.Current.CancellationToken);
        return [.. reply!["data"]!["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray()).Select(rule => rule!)];
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<bool> SeesTheWorkerAsync()
    {
        try
        {
            using var ready = await _http.GetAsync(new Uri("-/ready", UriKind.Relative), TestContext.Current.CancellationToken);
            var now = TimeProvider.System.GetUtcNow();
            return ready.IsSuccessStatusCode && (await QueryAsync("up", now.AddSeconds(-1), now)).Any(series => series.Points.Any(point => point.Value == 1));
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // Prometheus writes +Inf where .NET reads Infinity; neither is drawn or counted.
    private static double Number(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    private static string Seconds(DateTimeOffset time) => (time.ToUnixTimeMilliseconds() / 1000.0).ToString("0.000", CultureInfo.InvariantCulture);
}
