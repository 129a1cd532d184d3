using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using VoiceWorker.Contract.Reading;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Deploy;
using VoiceWorker.IntegrationTests.RabbitMq;
using VoiceWorker.IntegrationTests.Translating;
using VoiceWorker.RabbitMq;

namespace VoiceWorker.IntegrationTests.Poison;

/// <summary>A job whose engine kills the worker's process, as a crash in native code does, among jobs with which nothing is wrong.</summary>
public sealed class PoisonTests(BrokerFixture broker)
{
    private const string Poison = "boom";
    private const int Neighbours = 20;
    private const int DeliveryLimit = 6;
    private const int IsolateAfterDeliveries = 2;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task JobThatKillsItsWorker_IsDeadLetteredAlone(int count)
    {
        var node = await broker.NodeAsync();
        var queues = new TestQueues(node);
        using var folder = new TemporaryFolder();
        var workers = new List<RestartedWorker>();
        await using var engine = await TestServer.StartAsync(server =>
            server.MapPost("/{worker:int}/chat/completions", (int worker, JsonNode request) => TranslateAsync(workers[worker], request)));
        try
        {
            for (var i = 0; i < count; i++)
                workers.Add(RestartedWorker.Start(folder[$"worker-{i}.txt"], [.. queues.Settings(node.Port), .. Settings(new(engine.Address, $"/{i}/"))]));
            await Wait.UntilAsync(() => IsThereAsync(queues), "a worker has declared its queues");
            await using var producer = await TestProducer.StartAsync(node, queues);

            await producer.SendAsync(Job(Poison), "application/json", Poison);
            for (var i = 0; i < Neighbours; i++)
                await producer.SendAsync(Job($"good day {i}"), "application/json", $"{i}");

            await Wait.UntilAsync(() => producer.Replies.Select(reply => reply.CorrelationId).Distinct().Count() == Neighbours + 1, "every job is answered");
            Assert.All(producer.Replies.Where(reply => reply.CorrelationId != $"c-{Poison}"), reply => Assert.Equal("translation_complete", reply.Type));
            Assert.Contains("no worker lived to answer", (await producer.ReplyAsync(Poison, "error")).Json.GetProperty("message").GetString());
            var dead = await queues.TakeAsync(queues.Dead);
            Assert.Equal((Poison, "internal"), (dead.BasicProperties.MessageId, JobHeaders.Text(dead.BasicProperties.Headers, AmqpNames.ErrorCodeHeader)));
            await Wait.UntilAsync(async () => await queues.CountAsync(queues.Jobs) == 0, "nothing waits any more");
            Assert.Equal(0u, await queues.CountAsync(queues.Dead));
            // It had no more lives than the limit allows, and took them.
            Assert.InRange(workers.Sum(worker => worker.Kills), 3, DeliveryLimit);
        }
        finally
        {
            foreach (var worker in workers)
                await worker.DisposeAsync();
            for (var i = 0; i < count; i++)
                TestContext.Current.TestOutputHelper?.WriteLine(await File.ReadAllTextAsync(folder[$"worker-{i}.txt"], TestContext.Current.CancellationToken));
        }
    }

    private static async Task<IResult> TranslateAsync(RestartedWorker worker, JsonNode request)
    {
        var text = (string)request["messages"]![1]!["content"]!;
        if (text == Poison)
            worker.Kill();
        // Long enough to be in flight when the other one strikes.
        await Task.Delay(300);
        return Results.Text($$"""{"choices":[{"message":{"role":"assistant","content":"[es] {{text}}"},"finish_reason":"stop"}]}""", "application/json");
    }

    private static byte[] Job(string text) => System.Text.Encoding.UTF8.GetBytes($$"""{"text":"{{text}}","source_lang":"en","target_lang":"es","audio_format":"none"}""");

    private static string[] Settings(Uri engine) =>
    [
        $"--RabbitMq:DeliveryLimit={DeliveryLimit}", $"--RabbitMq:IsolateAfterDeliveries={IsolateAfterDeliveries}", $"--Http:Url=http://127.0.0.1:{FreePort.Next()}",
        "--Stt:Engine=openai", "--Translation:Engine=openai", "--Translation:OpenAi:Model=m", $"--Translation:OpenAi:BaseAddress={engine}",
    ];

    private static async Task<bool> IsThereAsync(TestQueues queues)
    {
        try
        {
            await queues.CountAsync(queues.Jobs);
            return true;
        }
        catch (global::RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return false;
        }
    }
}
