using VoiceWorker.IntegrationTests.Broker;

namespace VoiceWorker.IntegrationTests.RabbitMq;

/// <summary>A broker without memory.</summary>
public sealed class MemoryAlarmTests
{
    [Fact]
    public async Task MemoryAlarm_RepliesWaitAndThenGoOutOnce()
    {
        // A node of its own: the alarm is everybody's.
        await using var node = await RabbitMqNode.StartAsync();
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
            ("PublishTimeout", "00:00:01"));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);
        await producer.SendTextAsync("hi", "1");
        await Wait.UntilAsync(() => worker.Sink.Jobs.Count == 1, "the job is at work");

        await node.RaiseMemoryAlarmAsync();
        try
        {
            release.SetResult();
            await Wait.UntilAsync(async () => await worker.MetricAsync("voiceworker_rabbitmq_blocked") == 1, "the worker knows");
            await Wait.UntilAsync(() => !worker.Consumer.IsConsuming, "the worker takes no more jobs");
            // Longer than the time a reply has when there is no alarm.
            await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
            Assert.Empty(worker.Sink.Errors);
        }
        finally
        {
            await node.EndMemoryAlarmAsync();
        }

        await producer.ReplyAsync("1");
        await Wait.UntilAsync(async () => await worker.MetricAsync("voiceworker_rabbitmq_settlements_total", "acknowledged") == 1, "the job is acknowledged");
        Assert.Single(producer.Replies);
        Assert.Empty(worker.Sink.Errors);
    }
}
