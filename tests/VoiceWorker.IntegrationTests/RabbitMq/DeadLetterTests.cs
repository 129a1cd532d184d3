using System.Text;
using RabbitMQ.Client;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.RabbitMq;

namespace VoiceWorker.IntegrationTests.RabbitMq;

/// <summary>Jobs that cannot be done or answered: one error reply, or one dead letter, and never a loop.</summary>
public sealed class DeadLetterTests(BrokerFixture fixture)
{
    private static readonly StageFailure Passing = new(Stage.Translate, FailureKind.Transient, ErrorCode.TranslationFailed, "the translator\r\nhad a cold");

    [Fact]
    public async Task UnroutableReply_EndsInTheDeadLettersOnce()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var worker = await TestWorker.StartAsync(queues, node.Port, new FakeSink(AnswerOrBuryAsync));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);

        await producer.SendTextAsync("hi", "1", p => p.ReplyTo = "nobody-listens-here");

        var dead = await queues.TakeAsync(queues.Dead);
        Assert.Equal("1", dead.BasicProperties.MessageId);
        Assert.Equal("reply_undeliverable", Header(dead, AmqpNames.ErrorCodeHeader));
        Assert.Contains("nobody-listens-here", Header(dead, AmqpNames.ErrorHeader));
        Assert.Single(worker.Sink.Jobs);
        Assert.Equal((0u, 0u), (await queues.CountAsync(queues.Jobs), await queues.CountAsync(queues.Dead)));
    }

    [Theory]
    [InlineData("own")]
    [InlineData("amq.fanout")]
    [InlineData("amq.gen-abcdef")]
    [InlineData("forbidden")]
    public async Task ForbiddenReplyAddress_IsRefusedBeforeAnyWork(string address)
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var worker = await TestWorker.StartAsync(queues, node.Port, new FakeSink(AnswerOrBuryAsync), ("ReplyTo:0", "replies-*"), ("ReplyTo:1", "jobs-*"));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);

        await producer.SendTextAsync("hi", "1", p => p.ReplyTo = address == "own" ? queues.Jobs : address);

        var dead = await queues.TakeAsync(queues.Dead);
        Assert.Contains("reply_to", Header(dead, AmqpNames.ErrorHeader));
        var failure = Assert.IsType<InvalidInput>(Assert.Single(worker.Sink.Jobs).Input).Failure;
        Assert.Equal(ErrorCode.ReplyUndeliverable, failure.Code);
        Assert.Equal(0u, await queues.CountAsync(queues.Jobs));
    }

    [Fact]
    public async Task PassingFailure_IsTriedAgainAndEndsInTheDeadLetters()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var worker = await TestWorker.StartAsync(
            queues, node.Port, new FakeSink((job, delivery) => FakeSink.FailAsync(job, delivery, Passing)), ("RetryDelays:0", "00:00:00.200"), ("RetryDelays:1", "00:00:00.400"));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);

        await producer.SendTextAsync("hi", "1", p =>
        {
            p.Headers = new Dictionary<string, object?> { ["traceparent"] = "00-1-2-3", ["CC"] = new List<object?> { queues.Dead + "-cc" }, ["foreign"] = 1 };
            p.Priority = 3;
        });

        var reply = await producer.ReplyAsync("1", "error");
        Assert.Equal(("translation_failed", true), (reply.Json.GetProperty("code").GetString(), reply.Json.GetProperty("retryable").GetBoolean()));
        Assert.Equal([1, 2, 3], worker.Sink.Jobs.Select(j => j.Attempt));
        Assert.All(worker.Sink.Jobs, j => Assert.Equal(("1", "00-1-2-3", (byte)3), (j.MessageId, j.TraceParent, j.Priority)));
        var dead = await queues.TakeAsync(queues.Dead);
        Assert.Equal(3, JobHeaders.Number(dead.BasicProperties.Headers, AmqpNames.AttemptHeader));
        Assert.Equal(("the translatorhad a cold", "translate", "translation_failed"), (Header(dead, AmqpNames.ErrorHeader), Header(dead, AmqpNames.ErrorStageHeader), Header(dead, AmqpNames.ErrorCodeHeader)));
        Assert.InRange(
            JobHeaders.Number(dead.BasicProperties.Headers, AmqpNames.FailedAtHeader)!.Value - JobHeaders.Number(dead.BasicProperties.Headers, AmqpNames.FirstSeenHeader)!.Value, 500, 30_000);
        Assert.Equal(("c-1", producer.ReplyQueue, "application/json"), (dead.BasicProperties.CorrelationId, dead.BasicProperties.ReplyTo, dead.BasicProperties.ContentType));
        Assert.DoesNotContain("CC", dead.BasicProperties.Headers!.Keys);
        Assert.DoesNotContain("foreign", dead.BasicProperties.Headers!.Keys);
    }

    [Fact]
    public async Task DeadLetter_KeepsTheBodyAndTheHeadersOfARawJob()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        var bad = new StageFailure(Stage.Decode, FailureKind.BadJob, ErrorCode.UnsupportedAudio, "no audio at all");
        await using var worker = await TestWorker.StartAsync(queues, node.Port, new FakeSink((job, delivery) => FakeSink.FailAsync(job, delivery, bad)));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);
        var body = Encoding.UTF8.GetBytes("this is no audio");
        var sent = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

        await producer.SendAsync(body, "audio/ogg", "1", p =>
        {
            p.Headers = new Dictionary<string, object?> { ["source_lang"] = "en", ["target_lang"] = "es", ["voice"] = "anna" };
            p.Expiration = "60000";
            p.Timestamp = new AmqpTimestamp(sent);
        });

        Assert.False((await producer.ReplyAsync("1", "error")).Json.GetProperty("retryable").GetBoolean());
        var dead = await queues.TakeAsync(queues.Dead);
        Assert.Equal(body, dead.Body.ToArray());
        Assert.Equal(("en", "es", "anna"), (Header(dead, "source_lang"), Header(dead, "target_lang"), Header(dead, "voice")));
        Assert.Equal((sent + 61) * 1000, JobHeaders.Number(dead.BasicProperties.Headers, "deadline"));
        Assert.False(dead.BasicProperties.IsExpirationPresent());
    }

    [Fact]
    public async Task OverlargeJob_IsAnsweredAndDeadLetteredWithItsReason()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var worker = await TestWorker.StartAsync(queues, node.Port, new FakeSink(AnswerOrBuryAsync), ("MaxMessageBytes", "100000"));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);
        var body = new byte[2_000_000];

        await producer.SendAsync(body, "application/octet-stream", "1");

        Assert.Equal("input_too_large", (await producer.ReplyAsync("1", "error")).Json.GetProperty("code").GetString());
        var dead = await queues.TakeAsync(queues.Dead);
        Assert.Equal(body, dead.Body.ToArray());
        Assert.Equal(("input_too_large", "intake"), (Header(dead, AmqpNames.ErrorCodeHeader), Header(dead, AmqpNames.ErrorStageHeader)));
        await Wait.UntilAsync(async () => await worker.MetricAsync("voiceworker_rabbitmq_bytes_in_flight") == 0, "its memory is free again");
    }

    [Fact]
    public async Task JobLargerThanAllMemory_IsAnsweredAndMovedByTheBroker()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var worker = await TestWorker.StartAsync(queues, node.Port, new FakeSink(AnswerOrBuryAsync), ("MaxMessageBytes", "100000"), ("MaxBytesInFlight", "1000000"));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);
        var body = new byte[2_000_000];

        await producer.SendAsync(body, "application/octet-stream", "1");

        Assert.Equal("input_too_large", (await producer.ReplyAsync("1", "error")).Json.GetProperty("code").GetString());
        Assert.Equal(body, (await queues.TakeAsync(queues.Dead)).Body.ToArray());
        Assert.Equal(0, await worker.MetricAsync("voiceworker_rabbitmq_bytes_in_flight"));
    }

    [Fact]
    public async Task JobThatIsReturnedOften_IsNotDeadLettered()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var worker = await TestWorker.StartAsync(
            queues, node.Port, new FakeSink((_, delivery) => delivery.SettleAsync(new Settlement.Return(), default).AsTask()), ("DeliveryLimit", "10"));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);
        await producer.SendTextAsync("hi", "1");

        // Returned again and again, as by an engine that is down every time: not a dead letter, whatever the limit.
        await Wait.UntilAsync(() => worker.Sink.Jobs.Count > 60, "the job came back 60 times");
        Assert.Equal(0u, await queues.CountAsync(queues.Dead));
    }

    private static async Task AnswerOrBuryAsync(VoiceJob job, Core.Ports.IDelivery delivery)
    {
        if (job.Input is InvalidInput invalid)
        {
            await FakeSink.FailAsync(job, delivery, invalid.Failure);
            return;
        }

        try
        {
            await FakeSink.AnswerAsync(job, delivery);
        }
        catch (Core.Ports.ReplyUndeliverableException e)
        {
            await delivery.SettleAsync(new Settlement.DeadLetter(new(Stage.Publish, FailureKind.BadJob, ErrorCode.ReplyUndeliverable, e.Message)), default);
        }
    }

    private static string? Header(BasicGetResult message, string name) => JobHeaders.Text(message.BasicProperties.Headers, name);
}
