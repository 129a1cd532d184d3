using RabbitMQ.Client;
using VoiceWorker.IntegrationTests.Broker;

namespace VoiceWorker.IntegrationTests.RabbitMq;

public sealed class QueueObserverTests(BrokerFixture broker)
{
    private const string Waiting = "voiceworker_rabbitmq_queue_messages";

    [Fact]
    public async Task QueueMessages_OfJobsThatNobodyTakes_AreCounted()
    {
        var (node, queues) = await StartAsync();
        var release = new TaskCompletionSource();
        var sink = new FakeSink(async (job, delivery) =>
        {
            await release.Task;
            await FakeSink.AnswerAsync(job, delivery);
        });
        await using var worker = await TestWorker.StartAsync(queues, node.Port, sink, ("ObserveInterval", "00:00:00.100"), ("Prefetch", "1"));
        await using var producer = await TestProducer.StartAsync(node, queues);

        for (var i = 0; i < 5; i++)
            await producer.SendTextAsync("good day", $"{i}");

        await Wait.UntilAsync(async () => await worker.MetricAsync(Waiting, "\"jobs\"") == 4, "four of five jobs wait");
        foreach (var label in (string[])["retry", "isolated", "replies", "dead"])
            Assert.Equal(0, await worker.MetricAsync(Waiting, $"\"{label}\""));
        release.SetResult();
    }

    [Fact]
    public async Task QueueConsumers_OfOneWorker_AreOne()
    {
        var (node, queues) = await StartAsync();
        await using var worker = await TestWorker.StartAsync(queues, node.Port, new FakeSink(FakeSink.AnswerAsync), ("ObserveInterval", "00:00:00.100"));

        await Wait.UntilAsync(async () => await worker.MetricAsync("voiceworker_rabbitmq_queue_consumers ") == 1, "one consumer is counted");
    }

    [Fact]
    public async Task QueueMessages_OfAMissingQueue_AreNotKnown()
    {
        var (node, queues) = await StartAsync();
        await using var worker = await TestWorker.StartAsync(queues, node.Port, new FakeSink(FakeSink.AnswerAsync), ("ObserveInterval", "00:00:00.100"), ("DeclareTopology", "false"));
        await Wait.UntilAsync(async () => await worker.MetricAsync(Waiting, "\"dead\"") == 0, "the empty queue is seen");
        await using var producer = await TestProducer.StartAsync(node, queues);

        await producer.DeleteQueueAsync(queues.Dead);

        await Wait.UntilAsync(async () => double.IsNaN(await worker.MetricAsync(Waiting, "\"dead\"")), "the count is given up");
    }

    [Fact]
    public async Task DeliveryAge_OfAJobWithATimestamp_IsItsTimeInTheQueue()
    {
        var (node, queues) = await StartAsync();
        await using var worker = await TestWorker.StartAsync(queues, node.Port, new FakeSink(FakeSink.AnswerAsync));
        await using var producer = await TestProducer.StartAsync(node, queues);

        await producer.SendTextAsync("good day", "old", properties => properties.Timestamp = new AmqpTimestamp(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 100));

        await producer.ReplyAsync("old");
        Assert.Equal(1, await worker.MetricAsync("voiceworker_rabbitmq_delivery_age_seconds_bucket", "le=\"120\""));
        Assert.Equal(0, await worker.MetricAsync("voiceworker_rabbitmq_delivery_age_seconds_bucket", "le=\"60\""));
    }

    private async Task<(RabbitMqNode Node, TestQueues Queues)> StartAsync()
    {
        var node = await broker.NodeAsync();
        var queues = new TestQueues(node);
        await queues.DeclareAsync();
        return (node, queues);
    }
}
