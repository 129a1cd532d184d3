using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VoiceWorker.Host.Hosting;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.RabbitMq;
using VoiceWorker.RabbitMq.Consuming;

namespace VoiceWorker.IntegrationTests.RoundTrip;

/// <summary>The daemon as <c>voiceworker run</c> builds it: real engines, real broker, real HTTP endpoints.</summary>
internal sealed class WholeWorker : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WholeWorker(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    /// <summary>Where metrics and health are.</summary>
    public HttpClient Http { get; private set; } = null!;

    public static async Task<WholeWorker> StartAsync(RabbitMqNode node, TestQueues queues, params string[] settings)
    {
        var app = DaemonCommand.Build(
        [
            "--RabbitMq:Host=127.0.0.1", $"--RabbitMq:Port={node.Port}", $"--RabbitMq:Queue={queues.Jobs}", $"--RabbitMq:DeadLetterQueue={queues.Dead}",
            $"--RabbitMq:ResultsExchange={queues.Results}", "--Http:Url=http://127.0.0.1:0", "--Stt:Engine=onnx", "--Stt:Onnx:TrimEncoder=true", .. settings,
        ]);
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(new TestOutputLoggerProvider());
        await app.StartAsync(TestContext.Current.CancellationToken);
        var worker = new WholeWorker(app) { Http = new HttpClient { BaseAddress = new(app.Urls.Single()) } };
        await Wait.UntilAsync(() => worker.Services.GetRequiredService<RabbitMqConsumer>().IsConsuming, "the worker consumes");
        return worker;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
