using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Ports;
using VoiceWorker.IntegrationTests.Broker;

namespace VoiceWorker.IntegrationTests.RabbitMq;

/// <summary>Connections that break, seen through a proxy, against the broker that all tests share. What becomes of the jobs is the chaos tests' business.</summary>
public sealed class LossTests(BrokerFixture fixture)
{
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
                var deadLetter = new Settlement.DeadLetter(new(Stage.Decode, FailureKind.BadJob, ErrorCode.Internal, "late"));
                lost.SetResult(await Assert.ThrowsAsync<EngineException>(async () => await delivery.SettleAsync(deadLetter, CancellationToken.None)));
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
        await lost.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
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

        var error = await hung.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.Equal(FailureKind.Transient, error.Kind);
        publishing.ToBroker = ProxyMode.Blackhole;
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
