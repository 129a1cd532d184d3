using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;
using VoiceWorker.IntegrationTests.Broker;

namespace VoiceWorker.IntegrationTests.RabbitMq;

/// <summary>Connections that break, seen through a proxy, against the broker that all tests share.</summary>
public sealed class LossTests(BrokerFixture fixture)
{
    [Fact]
    public async Task ConfirmIsLost_JobIsNotAcknowledgedButAnsweredAgain()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var proxy = new TcpProxy(node.Port);
        await using var worker = await TestWorker.StartAsync(queues, proxy.Port, new FakeSink(AnswerOrReturnAsync), ("PublishTimeout", "00:00:01"), ("Heartbeat", "00:00:02"));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);
        var publishing = Assert.Single(proxy.LinksOf("voiceworker publish"));
        publishing.ToClient = ProxyMode.Blackhole;

        await producer.SendTextAsync("hi", "1");

        // The reply arrives, its confirm does not: so the job is done again, with the same id.
        await Wait.UntilAsync(async () => await worker.MetricAsync("voiceworker_rabbitmq_settlements_total", "acknowledged") == 1, "the job is acknowledged in the end");
        Assert.True(worker.Sink.Jobs.Count >= 2);
        await Wait.UntilAsync(() => producer.Replies.Count >= 2, "both replies arrive");
        Assert.All(producer.Replies, r => Assert.Equal("1", r.MessageId));
        Assert.Equal(1, await worker.MetricAsync("voiceworker_rabbitmq_connected", "publish"));
    }

    [Fact]
    public async Task BrokerIsAbsentAtStart_WorkerWaitsAndThenConsumes()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var proxy = new TcpProxy(node.Port) { Accepts = false };
        await using var worker = await TestWorker.StartAsync(queues, proxy.Port, new FakeSink(FakeSink.AnswerAsync));
        await Wait.UntilAsync(async () => await worker.MetricAsync("voiceworker_rabbitmq_connects_total", "failed") >= 3, "some tries fail");
        Assert.False(worker.Consumer.IsConsuming);

        proxy.Accepts = true;

        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);
        await producer.SendTextAsync("hi", "1");
        await producer.ReplyAsync("1");
    }

    [Fact]
    public async Task ConnectionsReset_EveryJobIsAnswered()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var proxy = new TcpProxy(node.Port);
        await using var worker = await TestWorker.StartAsync(queues, proxy.Port, new FakeSink(AnswerOrReturnAsync));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);

        for (var i = 0; i < 300; i++)
        {
            await producer.SendTextAsync("hi", $"{i}");
            if (i % 100 == 50)
                proxy.ResetAll();
        }

        await Wait.UntilAsync(() => producer.Replies.Select(r => r.CorrelationId).Distinct().Count() == 300, "every job is answered");
        await Wait.UntilAsync(async () => await worker.MetricAsync("voiceworker_rabbitmq_unsettled") == 0, "nothing is in hand");
        await Wait.UntilAsync(async () => await queues.CountAsync(queues.Jobs) == 0, "the queue is empty");
        Assert.Equal(0u, await queues.CountAsync(queues.Dead));
    }

    [Fact]
    public async Task ChannelIsGone_DeliveryIsNotSettledOnTheNewOne()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var proxy = new TcpProxy(node.Port);
        var release = new TaskCompletionSource();
        var first = 0;
        var lost = new TaskCompletionSource<Exception>();
        await using var worker = await TestWorker.StartAsync(queues, proxy.Port, new FakeSink(async (job, delivery) =>
        {
            if (Interlocked.Exchange(ref first, 1) == 0)
            {
                await release.Task;
                var bury = new Settlement.DeadLetter(new(Stage.Decode, FailureKind.BadJob, ErrorCode.Internal, "late"));
                lost.SetResult(await Assert.ThrowsAsync<EngineException>(async () => await delivery.SettleAsync(bury, CancellationToken.None)));
            }
            else
            {
                await FakeSink.AnswerAsync(job, delivery);
            }
        }));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);
        await producer.SendTextAsync("hi", "1");
        await Wait.UntilAsync(() => worker.Sink.Jobs.Count == 1, "the job is at work");

        foreach (var link in proxy.LinksOf("voiceworker consume"))
            link.Reset();

        // The second delivery waits for the first: what is at work is not begun again.
        await Wait.UntilAsync(async () => await worker.MetricAsync("voiceworker_rabbitmq_redeliveries_total") == 1, "the job is delivered again");
        release.SetResult();
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await producer.ReplyAsync("1");
        Assert.Equal(1, await worker.MetricAsync("voiceworker_rabbitmq_settlements_total", "stale"));
        Assert.Equal((0u, 0u), (await queues.CountAsync(queues.Jobs), await queues.CountAsync(queues.Dead)));
        Assert.True(worker.Consumer.IsConsuming);
    }

    [Fact]
    public async Task PublishHangs_EndsWithinItsTime()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var proxy = new TcpProxy(node.Port);
        var hung = new TaskCompletionSource<EngineException>();
        await using var worker = await TestWorker.StartAsync(queues, proxy.Port, new FakeSink(async (job, delivery) =>
        {
            var large = new ErrorReply(job.MessageId, new(Stage.Decode, FailureKind.BadJob, ErrorCode.Internal, new string('x', 200_000)));
            if (!hung.Task.IsCompleted)
                hung.TrySetResult(await Assert.ThrowsAsync<EngineException>(async () => await delivery.ReplyAsync(large, TestContext.Current.CancellationToken)));
            await AnswerOrReturnAsync(job, delivery);
        }), ("PublishTimeout", "00:00:01"), ("Heartbeat", "00:00:05"));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);
        var publishing = Assert.Single(proxy.LinksOf("voiceworker publish"));
        publishing.ToBroker = new ProxyMode(BytesPerSecond: 1000);

        await producer.SendTextAsync("hi", "1");

        var error = await hung.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(FailureKind.Transient, error.Kind);
        publishing.ToBroker = ProxyMode.Blackhole;
        await producer.ReplyAsync("1");
    }

    [Fact]
    public async Task QueueIsDeleted_IsDeclaredAgain()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var worker = await TestWorker.StartAsync(queues, node.Port, new FakeSink(FakeSink.AnswerAsync));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);

        await producer.DeleteQueueAsync(queues.Jobs);

        await Wait.UntilAsync(() => !worker.Consumer.IsConsuming, "the worker notices");
        await worker.ConsumingAsync();
        await producer.SendTextAsync("hi", "1");
        await producer.ReplyAsync("1");
    }

    private static async Task AnswerOrReturnAsync(VoiceJob job, IDelivery delivery)
    {
        try
        {
            await FakeSink.AnswerAsync(job, delivery);
        }
        catch (EngineException)
        {
            await delivery.SettleAsync(new Settlement.Return(), default);
        }
    }
}
