using System.Text;
using RabbitMQ.Client;
using VoiceWorker.Core.Ports;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Commands;

namespace VoiceWorker.IntegrationTests.RabbitMq;

/// <summary>Requesters who go away, and requesters who change their mind.</summary>
public sealed class RequesterTests(BrokerFixture fixture)
{
    private TestQueues? _queues;

    [Fact]
    public async Task CheckRequester_ReplyQueueIsGone_Refuses() => Assert.NotNull(await CheckAsync(async (producer, _) =>
    {
        await producer.SendTextAsync("hi", "1");
        await producer.DeleteQueueAsync(producer.ReplyQueue);
    }));

    [Fact]
    public async Task CheckRequester_ReplyQueueIsThere_Passes() =>
        Assert.Null(await CheckAsync(async (producer, _) => await producer.SendTextAsync("hi", "1")));

    [Fact]
    public async Task CheckRequester_ExclusiveQueueOfTheRequester_Passes() => Assert.Null(await CheckAsync(async (producer, channel) =>
    {
        var queue = await channel.QueueDeclareAsync($"own-{Guid.NewGuid():n}", durable: false, exclusive: true, autoDelete: true, cancellationToken: TestContext.Current.CancellationToken);
        await producer.SendTextAsync("hi", "1", properties => properties.ReplyTo = queue.QueueName);
    }));

    [Fact]
    public async Task CheckRequester_DirectReplyToOfOneWhoIsGone_Refuses() => Assert.NotNull(await CheckAsync(async (_, channel) =>
    {
        await channel.BasicConsumeAsync("amq.rabbitmq.reply-to", autoAck: true, new RabbitMQ.Client.Events.AsyncEventingBasicConsumer(channel), TestContext.Current.CancellationToken);
        await channel.BasicPublishAsync("", _queues!.Jobs, true, new BasicProperties { ContentType = "application/json", ReplyTo = "amq.rabbitmq.reply-to" },
            Encoding.UTF8.GetBytes("""{"text":"hi","source_lang":"en","target_lang":"es"}"""), TestContext.Current.CancellationToken);
        await channel.CloseAsync(TestContext.Current.CancellationToken);
    }));

    [Fact]
    public async Task Cancel_OverTheControlExchange_ReachesEveryWorker()
    {
        var node = await fixture.NodeAsync();
        await using var one = await TestWorker.StartAsync(new TestQueues(node), node.Port, new FakeSink(FakeSink.AnswerAsync));
        await using var two = await TestWorker.StartAsync(new TestQueues(node), node.Port, new FakeSink(FakeSink.AnswerAsync));
        var id = Guid.NewGuid().ToString("n");
        await using var connection = await node.ConnectAsync(TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), TestContext.Current.CancellationToken);
        await channel.ExchangeDeclareAsync("voice.control", ExchangeType.Fanout, durable: true, cancellationToken: TestContext.Current.CancellationToken);

        await Wait.UntilAsync(
            async () =>
            {
                // Each worker binds its queue in its own time.
                foreach (var message in (string[])["", "{", "[]", """{"type":"cancel"}""", """{"type":"cancel","message_id":7}""", $$"""{"type":"cancel","message_id":"{{id}}"}"""])
                    await channel.BasicPublishAsync("voice.control", "", Encoding.UTF8.GetBytes(message), TestContext.Current.CancellationToken);
                return one.Sink.Cancelled.Contains(id) && two.Sink.Cancelled.Contains(id);
            },
            "both workers hear of it");

        Assert.All(one.Sink.Cancelled, cancelled => Assert.Equal(id, cancelled));
    }

    [Fact]
    public async Task CancelCommand_JobId_ReachesTheWorker()
    {
        var node = await fixture.NodeAsync();
        await using var worker = await TestWorker.StartAsync(new TestQueues(node), node.Port, new FakeSink(FakeSink.AnswerAsync));
        await worker.ConsumingAsync();
        var id = Guid.NewGuid().ToString("n");

        await Wait.UntilAsync(
            async () => (await CommandRun.InvokeAsync("cancel", id, "--RabbitMq:Host=127.0.0.1", $"--RabbitMq:Port={node.Port}")).ExitCode == 0 && worker.Sink.Cancelled.Contains(id),
            "the worker hears of it");
    }

    /// <summary>Sends a job and, once it is at work, has the requester looked for.</summary>
    private async Task<ReplyUndeliverableException?> CheckAsync(Func<TestProducer, IChannel, Task> send)
    {
        var node = await fixture.NodeAsync();
        _queues = new TestQueues(node);
        var sent = new TaskCompletionSource();
        var found = new TaskCompletionSource<ReplyUndeliverableException?>();
        await using var worker = await TestWorker.StartAsync(_queues, node.Port, new FakeSink(async (job, delivery) =>
        {
            await sent.Task;
            ReplyUndeliverableException? refusal = null;
            try
            {
                await delivery.CheckRequesterAsync(CancellationToken.None);
            }
            catch (ReplyUndeliverableException e)
            {
                refusal = e;
            }

            await delivery.SettleAsync(new Core.Messages.Settlement.Done(), CancellationToken.None);
            found.SetResult(refusal);
        }), ("ReplyQueueCheck", "00:00:00.001"));
        await worker.ConsumingAsync();
        await Wait.UntilAsync(async () => await worker.MetricAsync("voiceworker_rabbitmq_connected", "observe") == 1, "the side connection is up");
        await using var producer = await TestProducer.StartAsync(node, _queues);
        await using var connection = await node.ConnectAsync(TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        await send(producer, channel);
        sent.SetResult();
        return await found.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }
}
