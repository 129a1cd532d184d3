using VoiceWorker.Contract.Jobs;
using VoiceWorker.IntegrationTests.Broker;

namespace VoiceWorker.IntegrationTests.RabbitMq;

/// <summary>Stopping and pausing give back what is not done.</summary>
public sealed class DrainTests(BrokerFixture fixture)
{
    [Fact]
    public async Task Stop_FinishesWhatIsAtWorkAndReturnsTheRest()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        var release = new TaskCompletionSource();
        await using var worker = await TestWorker.StartAsync(queues, node.Port, new FakeSink(
            async (job, delivery) =>
            {
                await release.Task;
                if (job.MessageId == "0")
                    await FakeSink.AnswerAsync(job, delivery);
                else
                    await delivery.SettleAsync(new Settlement.Return(), default);
            },
            capacity: 3));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);
        for (var i = 0; i < 10; i++)
            await producer.SendTextAsync("hi", $"{i}");
        await Wait.UntilAsync(() => worker.Sink.Jobs.Count >= 3, "the pipeline is full");

        var stop = worker.StopAsync();
        await Wait.UntilAsync(() => !worker.Consumer.IsConsuming, "the worker takes no more");
        Assert.False(stop.IsCompleted);
        release.SetResult();
        await stop;

        await producer.ReplyAsync("0");
        Assert.Equal(9u, await queues.CountAsync(queues.Jobs));
        Assert.Single(producer.Replies);
    }

    [Fact]
    public async Task Pause_StopsConsumingUntilThePipelineTakesJobsAgain()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var worker = await TestWorker.StartAsync(queues, node.Port, new FakeSink(FakeSink.AnswerAsync));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);

        worker.Sink.Pause();
        await Wait.UntilAsync(() => !worker.Consumer.IsConsuming, "the worker takes no more");
        await producer.SendTextAsync("hi", "1");
        await Wait.UntilAsync(async () => await queues.CountAsync(queues.Jobs) == 1, "the job waits in the queue");
        Assert.Empty(worker.Sink.Jobs);
        worker.Sink.Resume();

        await producer.ReplyAsync("1");
    }

    [Fact]
    public async Task BytesInFlightAreSpent_IntakeWaitsUntilJobsAreSettled()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        var release = new TaskCompletionSource();
        await using var worker = await TestWorker.StartAsync(
            queues,
            node.Port,
            new FakeSink(async (job, delivery) =>
            {
                await release.Task;
                await FakeSink.AnswerAsync(job, delivery);
            }),
            ("MaxMessageBytes", "100000"),
            ("MaxBytesInFlight", "250000"));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);
        for (var i = 0; i < 5; i++)
            await producer.SendTextAsync(new string('x', 60_000), $"{i}");

        await Wait.UntilAsync(async () => await worker.MetricAsync("voiceworker_rabbitmq_deliveries_total") == 5, "the fifth job waits for room");
        Assert.Equal(4, worker.Sink.Jobs.Count);
        release.SetResult();

        await producer.ReplyAsync("4");
    }
}
