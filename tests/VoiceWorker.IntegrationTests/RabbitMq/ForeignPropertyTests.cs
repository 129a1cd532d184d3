using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Clients;
using VoiceWorker.IntegrationTests.Deploy;
using VoiceWorker.RabbitMq;
using VoiceWorker.RabbitMq.Consuming;
using VoiceWorker.RabbitMq.Publishing;

namespace VoiceWorker.IntegrationTests.RabbitMq;

/// <summary>Properties as only other clients send them, through a real broker and back.</summary>
public sealed class ForeignPropertyTests(BrokerFixture fixture)
{
    private static readonly StageFailure Passing = new(Stage.Translate, FailureKind.Transient, ErrorCode.TranslationFailed, "a cold");

    [Fact]
    public async Task BytesThatAreNoText_AreAnsweredAndCanBeWrittenAgain()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        // Once more for each, so that the worker writes a copy of what it was sent.
        await using var worker = await TestWorker.StartAsync(queues, node.Port, new FakeSink((job, delivery) => job switch
        {
            { Input: InvalidInput invalid } => FakeSink.FailAsync(job, delivery, invalid.Failure),
            { Attempt: 1 } => FakeSink.FailAsync(job, delivery, Passing),
            _ => FakeSink.AnswerAsync(job, delivery),
        }), ("RetryDelays:0", "00:00:00.100"));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);
        using var folder = new TemporaryFolder();

        await ClientScript.RunAsync("broken_properties.py", $"amqp://guest:guest@127.0.0.1:{node.Port}", folder.FullName, queues.Jobs, producer.ReplyQueue);

        await Wait.UntilAsync(() => producer.Replies.Count == 11, "every message is answered");
        var refused = worker.Sink.Jobs.Where(job => job.Input is InvalidInput).ToDictionary(job => job.MessageId, job => ((InvalidInput)job.Input).Failure.Message);
        Assert.Equal(["content_encoding", "correlation_id", "odd_header"], refused.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("correlation_id is not valid UTF-8 and could not be sent back", refused["correlation_id"]);
        Assert.Equal(8, producer.Replies.Count(reply => reply.Type == "translation_complete"));
        Assert.Equal(3, (await queues.DrainAsync(queues.Dead)).Count);
        Assert.Empty(worker.Sink.Errors);
        await VerifyConnectionsAsync(worker);
    }

    [Theory]
    [InlineData("amq.rabbitmq.reply-to.garbage.key")]
    [InlineData("amq.rabbitmq.reply-to.g1h2AARub2RlAABwSgAAAABpLx5C.V/BE0fSg1i3Cp0bpYeJqWw==")]
    public async Task InventedDirectReplyTo_CostsNobodyAConnection(string address)
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var worker = await TestWorker.StartAsync(queues, node.Port, new FakeSink((job, delivery) => job.Input is InvalidInput { Failure: var failure }
            ? FakeSink.FailAsync(job, delivery, failure)
            : FakeSink.AnswerAsync(job, delivery)));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);

        await producer.SendTextAsync("hi", "bad", p => p.ReplyTo = address);
        await producer.SendTextAsync("hi", "good");

        await producer.ReplyAsync("good");
        var dead = await queues.TakeAsync(queues.Dead);
        Assert.Equal("bad", dead.BasicProperties.MessageId);
        Assert.Contains("is not an address that RabbitMQ has given out", JobHeaders.Text(dead.BasicProperties.Headers, AmqpNames.ErrorHeader));
        await VerifyConnectionsAsync(worker);
    }

    [Fact]
    public async Task SenderFromUserId_IsKeptByCopies()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var worker = await TestWorker.StartAsync(
            queues, node.Port, new FakeSink((job, delivery) => job.Attempt == 1 ? FakeSink.FailAsync(job, delivery, Passing) : FakeSink.AnswerAsync(job, delivery)),
            ("SenderFrom", "user_id"), ("RetryDelays:0", "00:00:00.100"));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);

        await producer.SendTextAsync("hi", "1", p => p.UserId = "guest");
        await producer.ReplyAsync("1");
        await producer.SendTextAsync("hi", "2");
        await producer.ReplyAsync("2");

        Assert.Equal([("1", "guest"), ("1", "guest"), ("2", ""), ("2", "")], worker.Sink.Jobs.Select(job => (job.MessageId, job.SenderId)));
    }

    private static async Task VerifyConnectionsAsync(TestWorker worker)
    {
        foreach (var connection in (string[])[ConfirmedPublisher.ConnectionName, RabbitMqConsumer.ConnectionName])
            Assert.Equal(1, await worker.MetricAsync("voiceworker_rabbitmq_connects_total", $"connection=\"{connection}\",outcome=\"succeeded\""));
    }
}
