using VoiceWorker.IntegrationTests.Broker;

namespace VoiceWorker.IntegrationTests.RabbitMq;

/// <summary>A message over which RabbitMQ.Client gives up its connection: AMQP's decimals may have more digits than .NET's.</summary>
public sealed class UnreadableMessageTests(BrokerFixture fixture)
{
    [Fact]
    public async Task MessageThatTheClientCannotRead_BecomesADeadLetterAndTheOthersAreAnswered()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await queues.DeclareAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);
        for (var i = 0; i < 10; i++)
            await producer.SendTextAsync("before", $"before-{i}");
        await UnreadableMessage.PublishAsync(node, queues.Jobs);
        for (var i = 0; i < 10; i++)
            await producer.SendTextAsync("after", $"after-{i}");
        await using var worker = await TestWorker.StartAsync(queues, node.Port, new FakeSink(FakeSink.AnswerAsync));

        for (var i = 0; i < 10; i++)
        {
            await producer.ReplyAsync($"before-{i}");
            await producer.ReplyAsync($"after-{i}");
        }

        await Wait.UntilAsync(async () => await queues.CountAsync(queues.Dead) == 1, "it is a dead letter");
        await Wait.UntilAsync(async () => await queues.CountAsync(queues.Jobs) == 0 && await worker.MetricAsync("voiceworker_rabbitmq_unsettled") == 0, "nothing is left");
        Assert.Equal(1u, await queues.CountAsync(queues.Dead));
    }
}
