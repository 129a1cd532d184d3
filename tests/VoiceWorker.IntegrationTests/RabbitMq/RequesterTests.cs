using System.Text;
using RabbitMQ.Client;
using VoiceWorker.Core.Ports;
using VoiceWorker.IntegrationTests.Broker;

namespace VoiceWorker.IntegrationTests.RabbitMq;

/// <summary>Requesters who go away.</summary>
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

            await delivery.SettleAsync(new Contract.Jobs.Settlement.Done(), CancellationToken.None);
            found.SetResult(refusal);
        }), ("ReplyQueueCheck", "00:00:00.001"));
        await worker.ConsumingAsync();
        await Wait.UntilAsync(async () => await worker.MetricAsync("voiceworker_rabbitmq_connected", "observe") == 1, "the side connection is up");
        await using var producer = await TestProducer.StartAsync(node, _queues);
        await using var connection = await node.ConnectAsync(TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        await send(producer, channel);
        sent.SetResult();
        return await found.Task.WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);
    }
}
