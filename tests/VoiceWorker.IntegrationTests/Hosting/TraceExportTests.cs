using System.Text;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Deploy;
using VoiceWorker.IntegrationTests.Monitoring;
using VoiceWorker.IntegrationTests.RabbitMq;

namespace VoiceWorker.IntegrationTests.Hosting;

public sealed class TraceExportTests(BrokerFixture broker, PublishedWorker published)
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Theory, InlineData(false), InlineData(true)]
    public async Task Job_OfATracedProducer_IsInTheSameTraceFromTheCollectorToTheReply(bool trimmed)
    {
        using var collector = new CollectorStub();
        using var folder = new TemporaryFolder();
        var node = await broker.NodeAsync();
        var queues = new TestQueues(node);
        await queues.DeclareAsync();
        await using var worker = TiedProcess.Start(
            folder["output.txt"], trimmed ? await published.ProgramAsync() : RunningWorker.BuiltProgram, "run", $"--Http:Url=http://127.0.0.1:{FreePort.Next()}",
            "--RabbitMq:Host=127.0.0.1", $"--RabbitMq:Port={node.Port}", $"--RabbitMq:Queue={queues.Jobs}", $"--RabbitMq:DeadLetterQueue={queues.Dead}", $"--RabbitMq:ResultsExchange={queues.Results}",
            $"--Tracing:Endpoint={collector.Address}v1/traces", "--Tracing:Protocol=HttpProtobuf", "--Stt:Engine=onnx", "--Logging:Json=true");
        await using var producer = await TestProducer.StartAsync(node, queues);

        // An error reply needs no engine.
        await producer.SendAsync("{}"u8.ToArray(), "application/json", "traced", properties => properties.Headers = new Dictionary<string, object?> { ["traceparent"] = $"00-{TraceId}-00f067aa0ba902b7-01" });
        var reply = await producer.ReplyAsync("traced", "error");

        Assert.StartsWith($"00-{TraceId}-", reply.TraceParent, StringComparison.Ordinal);
        var id = Encoding.Latin1.GetString(Convert.FromHexString(TraceId));
        string[] parts = [id, "/v1/traces", "voiceworker", "publish", "dead_lettered"]; // they may come in several exports
        await Wait.UntilAsync(() => Array.TrueForAll(parts, part => collector.Received.Contains(part, StringComparison.Ordinal)), "the collector gets the whole trace");
        Assert.Contains($"\"TraceId\":\"{TraceId}\"", worker.Output, StringComparison.Ordinal);
    }
}
