using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;
using VoiceWorker.Host.RabbitMq;
using VoiceWorker.IntegrationTests.Broker;

namespace VoiceWorker.IntegrationTests.RabbitMq;

/// <summary>Brokers that restart, freeze, run out of memory or refuse messages.</summary>
public sealed class BrokerFaultTests(FaultyBrokerFixture fixture) : IClassFixture<FaultyBrokerFixture>
{
    private readonly TestQueues _queues = new(fixture.Node);

    [Fact]
    public async Task BrokerRestartsInMidJob_JobIsAnsweredAndNothingIsLeft()
    {
        var release = new TaskCompletionSource();
        await using var worker = await TestWorker.StartAsync(_queues, fixture.Node.Port, new FakeSink(async (job, delivery) =>
        {
            await release.Task;
            await AnswerOrReturnAsync(job, delivery);
        }));
        await worker.ConsumingAsync();
        await using (var producer = await TestProducer.StartAsync(fixture.Node, _queues))
        {
            for (var i = 0; i < 5; i++)
                await producer.SendTextAsync("hi", $"{i}", p => p.ClearReplyTo());
            await producer.BindAsync(_queues.Results, "#");
            await Wait.UntilAsync(() => worker.Sink.Jobs.Count == 5, "the jobs are at work");
            await fixture.Node.StopAppAsync();
        }

        release.SetResult();
        await fixture.Node.StartAppAsync();
        await worker.ConsumingAsync();

        await Wait.UntilAsync(async () => await _queues.CountAsync(_queues.Jobs) == 0 && await worker.MetricAsync("voiceworker_rabbitmq_settlements_total", "acknowledged") >= 5, "every job is answered");
        Assert.Equal(0, await worker.MetricAsync("voiceworker_rabbitmq_unsettled"));
        Assert.Equal(0u, await _queues.CountAsync(_queues.Dead));
    }

    [Fact]
    public async Task BrokerFreezes_IsNoticedByTheHeartbeat()
    {
        await using var worker = await TestWorker.StartAsync(_queues, fixture.Node.Port, new FakeSink(AnswerOrReturnAsync), ("Heartbeat", "00:00:01"), ("ConnectTimeout", "00:00:02"));
        await worker.ConsumingAsync();

        await fixture.Node.FreezeAsync();
        await Wait.UntilAsync(() => !worker.Consumer.IsConsuming, "the worker notices");
        await fixture.Node.ThawAsync();

        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(fixture.Node, _queues);
        await producer.SendTextAsync("hi", "1");
        await producer.ReplyAsync("1");
    }

    [Fact]
    public async Task MemoryAlarm_RepliesWaitAndThenGoOutOnce()
    {
        // A node without the short consumer timeout of the shared one: an alarm may last longer than that.
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

        await node.ControlAsync("set_vm_memory_high_watermark", "0.000001");
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
            await node.ControlAsync("set_vm_memory_high_watermark", "0.4");
        }

        await producer.ReplyAsync("1");
        await Wait.UntilAsync(async () => await worker.MetricAsync("voiceworker_rabbitmq_settlements_total", "acknowledged") == 1, "the job is acknowledged");
        Assert.Single(producer.Replies);
        Assert.Empty(worker.Sink.Errors);
    }

    [Fact]
    public async Task ReplyIsTooLarge_OthersPassAndTheConnectionStays()
    {
        await using var worker = await TestWorker.StartAsync(_queues, fixture.Node.Port, new FakeSink((job, delivery) =>
            job.MessageId == "big" ? SendTooMuchAsync(job, delivery) : FakeSink.AnswerAsync(job, delivery)));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(fixture.Node, _queues);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => producer.SendTextAsync("hi", i == 10 ? "big" : $"{i}")));

        await Wait.UntilAsync(() => producer.Replies.Select(r => r.CorrelationId).Distinct().Count() == 19, "the others are answered");
        var dead = await _queues.TakeAsync(_queues.Dead);
        Assert.Equal("big", dead.BasicProperties.MessageId);
        Assert.Contains("larger", JobHeaders.Text(dead.BasicProperties.Headers, AmqpNames.ErrorHeader));
        Assert.Equal(1, await worker.MetricAsync("voiceworker_rabbitmq_connects_total", "connection=\"publish\",outcome=\"succeeded\""));
    }

    [Fact]
    public async Task JobTakesTooLongForTheBroker_NewChannelConsumesAndTheLateResultIsNotSettledOnIt()
    {
        var release = new TaskCompletionSource();
        await using var worker = await TestWorker.StartAsync(_queues, fixture.Node.Port, new FakeSink(async (job, delivery) =>
        {
            if (job.MessageId == "slow" && !release.Task.IsCompleted)
                await release.Task;
            await FakeSink.AnswerAsync(job, delivery);
        }));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(fixture.Node, _queues);

        await producer.SendTextAsync("hi", "slow");
        await Wait.UntilAsync(async () => await worker.MetricAsync("voiceworker_rabbitmq_redeliveries_total") > 0, "the broker takes the job away and delivers it again", FaultyBrokerFixture.ConsumerTimeoutSeconds + 30);
        release.SetResult();

        await producer.ReplyAsync("slow");
        await Wait.UntilAsync(async () => await worker.MetricAsync("voiceworker_rabbitmq_settlements_total", "stale") == 1, "the first result is not settled");
        await Wait.UntilAsync(async () => await worker.MetricAsync("voiceworker_rabbitmq_settlements_total", "acknowledged") == 1, "the second delivery is");
        Assert.Single(worker.Sink.Jobs);
        Assert.Equal(0u, await _queues.CountAsync(_queues.Jobs));
    }

    private static async Task SendTooMuchAsync(VoiceJob job, IDelivery delivery)
    {
        var failure = new StageFailure(Stage.Publish, FailureKind.BadJob, ErrorCode.Internal, new string('x', FaultyBrokerFixture.MaxMessageSize + 1));
        try
        {
            await delivery.ReplyAsync(new ErrorReply(job.MessageId, failure), default);
        }
        catch (ReplyUndeliverableException e)
        {
            await delivery.SettleAsync(new Settlement.DeadLetter(failure with { Message = e.Message }), default);
        }
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
