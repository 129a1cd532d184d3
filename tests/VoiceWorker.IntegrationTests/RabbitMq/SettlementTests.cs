using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;
using VoiceWorker.Core.Ports;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Deploy;
using VoiceWorker.RabbitMq;
using VoiceWorker.RabbitMq.Publishing;

namespace VoiceWorker.IntegrationTests.RabbitMq;

/// <summary>
/// Whatever goes wrong when a job is answered and settled: it is settled all the same, nothing is done in a loop, and nobody
/// else waits for it.
/// </summary>
public sealed class SettlementTests(BrokerFixture fixture)
{
    private const string Publishes = "voiceworker_rabbitmq_publishes_total";

    [Fact]
    public async Task MessageThatCannotBeWritten_IsRefusedForGoodAndTheNextGoesOut()
    {
        await using var test = await StartAsync(FakeSink.AnswerAsync);
        static Publication Reply(string queue) => new(PublishPurpose.Reply, "", queue, Mandatory: true, new() { CorrelationId = "c-good" }, "{\"type\":\"test\"}"u8.ToArray());

        var refusal = await Assert.ThrowsAsync<ReplyUndeliverableException>(async () => await test.Worker.Publisher.PublishAsync(Reply(new('x', 300)), CancellationToken.None));
        await test.Worker.Publisher.PublishAsync(Reply(test.Producer.ReplyQueue), CancellationToken.None);

        Assert.Contains("cannot be written", refusal.Message);
        await test.Producer.ReplyAsync("good", "test");
    }

    [Fact]
    public async Task SettlingThrows_TheJobComesAgainAfterAPauseAndIsDone()
    {
        var faults = 2;
        await using var test = await StartAsync(
            async (job, delivery) =>
            {
                if (Interlocked.Decrement(ref faults) >= 0)
                    throw new InvalidOperationException("nothing is settled");
                await FakeSink.AnswerAsync(job, delivery);
            },
            ("RequeueDelay", "00:00:00.100"));

        await test.Producer.SendTextAsync("hi", "1");

        await test.Producer.ReplyAsync("1");
        await test.SettledAsync();
        Assert.Equal(3, test.Worker.Sink.Jobs.Count);
        Assert.Equal(2, await test.Worker.MetricAsync("voiceworker_rabbitmq_settlements_total", "returned"));
    }

    [Fact]
    public async Task SettlingThrowsForEver_EndsAsADeadLetter()
    {
        await using var test = await StartAsync(
            (_, _) => throw new InvalidOperationException("nothing is settled"),
            ("RequeueDelay", "00:00:00.010"), ("DeliveryLimit", "4"), ("IsolateAfterDeliveries", "4"), ("IsolatedDeliveryLimit", "1"));

        await test.Producer.SendTextAsync("hi", "1");

        Assert.Equal("1", (await test.Queues.TakeAsync(test.Queues.Dead)).BasicProperties.MessageId);
        await test.SettledAsync();
    }

    [Fact]
    public async Task ReplyQueueIsFull_TheReplyIsKeptAndSentAgainWithoutWork()
    {
        await using var test = await StartAsync(FakeSink.AnswerAsync, ("RetryDelays:0", "00:00:00.300"), ("RetryDelays:1", "00:00:00.310"), ("RetryDelays:2", "00:00:30"));
        var full = await FullQueueAsync(test);

        await test.Producer.SendTextAsync("late", "late", p => p.ReplyTo = full);
        await test.Producer.SendTextAsync("hi", "other");

        await test.Producer.ReplyAsync("other");
        await Wait.UntilAsync(async () => await test.Worker.MetricAsync(Publishes, "purpose=\"delayed_reply\",outcome=\"confirmed\"") >= 2, "the reply waits");
        // Room again: what filled the queue is taken off, and the reply follows.
        await test.Producer.CollectAsync(full);
        Assert.Equal("LATE", (await test.Producer.ReplyAsync("late")).Json.GetProperty("data").GetProperty("translated_text").GetString());
        await test.SettledAsync();
        Assert.Equal(2, test.Worker.Sink.Jobs.Count);
        Assert.Equal(0u, await test.Queues.CountAsync(test.Queues.Dead));
    }

    [Fact]
    public async Task ReplyQueueStaysFull_TheReplyBecomesADeadLetterOnce()
    {
        await using var test = await StartAsync(FakeSink.AnswerAsync, ("RetryDelays:0", "00:00:00.200"), ("RetryDelays:1", "00:00:00.210"));
        var full = await FullQueueAsync(test);

        await test.Producer.SendTextAsync("hi", "1", p => p.ReplyTo = full);

        var dead = await test.Queues.TakeAsync(test.Queues.Dead);
        Assert.Equal(("1", "c-1", "reply_undeliverable"), (dead.BasicProperties.MessageId, dead.BasicProperties.CorrelationId, Header(dead, AmqpNames.ErrorCodeHeader)));
        Assert.Contains("translation_complete", Encoding.UTF8.GetString(dead.Body.Span));
        Assert.Contains(full, Header(dead, AmqpNames.ErrorHeader));
        await test.SettledAsync();
        Assert.Single(test.Worker.Sink.Jobs);
        Assert.Equal(0u, await test.Queues.CountAsync(test.Queues.Dead));
    }

    [Theory]
    [InlineData("amq.rabbitmq.reply-to.garbage.key")]
    [InlineData("amq.rabbitmq.reply-to.g1hkAA5yZXBseUAxMjcuMC4wLjE.key")]
    public async Task ReplyKillsItsConnection_OneDeadLetterAndOthersAreAnswered(string address)
    {
        Assert.SkipUnless(await ClosesConnectionAsync(address), "this RabbitMQ drops what is sent to such an address (4.3 does)");
        // By default none of these gets that far.
        await using var test = await StartAsync(FakeSink.AnswerAsync, ("ReplyTo:0", "*"), ("ReplyTo:1", "amq.rabbitmq.reply-to.*"));

        await test.Producer.SendTextAsync("hi", "bad", p => p.ReplyTo = address);
        for (var i = 0; i < 10; i++)
            await test.Producer.SendTextAsync("hi", $"{i}");

        for (var i = 0; i < 10; i++)
            await test.Producer.ReplyAsync($"{i}");
        Assert.Equal("bad", (await test.Queues.TakeAsync(test.Queues.Dead)).BasicProperties.MessageId);
        await test.SettledAsync();
        Assert.InRange(await test.Worker.MetricAsync("voiceworker_rabbitmq_connects_total", "publish"), 1, 3);
    }

    [Fact]
    public async Task SameMessageManyTimes_HoldsUpNobodyAndIsDoneOnce()
    {
        var release = new TaskCompletionSource();
        await using var test = await StartAsync(
            async (job, delivery) =>
            {
                if (job.MessageId == "same")
                    await release.Task;
                await FakeSink.AnswerAsync(job, delivery);
            },
            ("Prefetch", "4"), ("RetryDelays:0", "00:00:00.200"));
        for (var i = 0; i < 60; i++)
            await test.Producer.SendTextAsync("hi", "same");

        await test.Producer.SendTextAsync("hi", "other");

        await test.Producer.ReplyAsync("other");
        release.SetResult();
        await Wait.UntilAsync(() => test.Producer.Replies.Count(reply => reply.CorrelationId == "c-same") == 60, "each of them is answered");
        await test.SettledAsync();
        Assert.Equal(2, test.Worker.Sink.Jobs.Count);
    }

    [Fact]
    public async Task RetryQueueIsDeleted_IsDeclaredAnewAndTheDelayKept()
    {
        var delay = TimeSpan.FromSeconds(0.5);
        await using var test = await StartAsync(
            (job, delivery) => job.Attempt > 1
                ? FakeSink.AnswerAsync(job, delivery)
                : FakeSink.FailAsync(job, delivery, new(Stage.Translate, FailureKind.Transient, ErrorCode.TranslationFailed, "a cold")),
            ("RetryDelays:0", $"{delay}"));
        await test.Producer.DeleteQueueAsync(AmqpNames.RetryQueue(test.Queues.Jobs, delay));

        await test.Producer.SendTextAsync("hi", "1");

        await test.Producer.ReplyAsync("1");
        await test.SettledAsync();
        Assert.Equal([1, 2], test.Worker.Sink.Jobs.Select(job => job.Attempt));
    }

    [Fact]
    public async Task DeadLetterIsConfirmedLate_ThereIsStillOne()
    {
        var node = await fixture.NodeAsync();
        await using var proxy = new TcpProxy(node.Port);
        var (release, tries) = (new TaskCompletionSource(), 0);
        await using var test = await StartAsync(
            async (job, delivery) =>
            {
                if (Interlocked.Increment(ref tries) == 1)
                {
                    foreach (var link in proxy.LinksOf("voiceworker publish"))
                        link.ToClient = new(HeldUntil: release.Task);
                }

                await delivery.SettleAsync(new Settlement.DeadLetter(Bad), CancellationToken.None);
            },
            proxy.Port, ("PublishTimeout", "00:00:00.500"), ("RequeueDelay", "00:00:00.100"));

        await test.Producer.SendTextAsync("hi", "dead");

        await Wait.UntilAsync(async () => await test.Worker.MetricAsync(Publishes, "purpose=\"dead_letter\",outcome=\"timed_out\"") == 1, "the confirm is late");
        await Wait.UntilAsync(async () => await test.Worker.MetricAsync("voiceworker_rabbitmq_redeliveries_total") == 1, "the job is delivered again");
        release.SetResult();
        await test.SettledAsync();
        Assert.Equal((1u, 1), (await test.Queues.CountAsync(test.Queues.Dead), tries));
    }

    [Fact]
    public async Task ProducersOwnDeliveryCount_IsNotBelieved()
    {
        await using var test = await StartAsync(FakeSink.AnswerAsync);

        await test.Producer.SendTextAsync("hi", "1", p => p.Headers = new Dictionary<string, object?> { [AmqpNames.DeliveryCountHeader] = 1000L });

        await test.Producer.ReplyAsync("1");
        await test.SettledAsync();
        Assert.Equal(0, await test.Worker.MetricAsync(Publishes, "purpose=\"isolation\",outcome=\"confirmed\""));
    }

    [Fact]
    public async Task JobThatComesBackUnsettled_RunsAloneAndTheOthersGoOnAfterIt()
    {
        var (running, tries, besideIt) = (0, 0, -1);
        await using var test = await StartAsync(
            async (job, delivery) =>
            {
                if (job.MessageId == "odd" && ++tries <= 2)
                    throw new InvalidOperationException("never settled");
                var others = Interlocked.Increment(ref running) - 1;
                if (job.MessageId == "odd")
                    besideIt = others;
                await Task.Delay(50);
                Interlocked.Decrement(ref running);
                await FakeSink.AnswerAsync(job, delivery);
            },
            ("RequeueDelay", "00:00:00.010"), ("IsolateAfterDeliveries", "2"), ("Prefetch", "4"));
        await test.Producer.SendTextAsync("hi", "odd");
        for (var i = 0; i < 40; i++)
            await test.Producer.SendTextAsync("hi", $"{i}");

        await test.Producer.ReplyAsync("odd");
        for (var i = 0; i < 40; i++)
            await test.Producer.ReplyAsync($"{i}");
        await test.SettledAsync();
        Assert.Equal((3, 0), (tries, besideIt));
    }

    [Fact]
    public async Task PasswordFileIsGoneForAMoment_TheWorkerComesBack()
    {
        var node = await fixture.NodeAsync();
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["password"], "guest\n", TestContext.Current.CancellationToken);
        await using var proxy = new TcpProxy(node.Port);
        await using var test = await StartAsync(FakeSink.AnswerAsync, proxy.Port, ("PasswordFile", folder["password"]));
        File.Delete(folder["password"]);
        foreach (var link in proxy.LinksOf("voiceworker"))
            link.Reset();
        await Wait.UntilAsync(async () => !test.Worker.Consumer.IsConsuming && await test.Worker.MetricAsync("voiceworker_rabbitmq_connected") == 0, "the connections are gone");

        await File.WriteAllTextAsync(folder["password"], "guest\n", TestContext.Current.CancellationToken);

        await test.Producer.SendTextAsync("hi", "1");
        await test.Producer.ReplyAsync("1");
    }

    private static StageFailure Bad => new(Stage.Decode, FailureKind.BadJob, ErrorCode.UnsupportedAudio, "noise");

    private static async Task<string> FullQueueAsync(SettlementTest test)
    {
        var name = $"full-{Guid.NewGuid():n}"[..16];
        await using var connection = await test.Node.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-max-length"] = 1, ["x-overflow"] = "reject-publish" });
        await channel.BasicPublishAsync("", name, mandatory: true, "{\"type\":\"filler\"}"u8.ToArray());
        return name;
    }

    private Task<SettlementTest> StartAsync(Func<VoiceJob, IDelivery, Task> work, params (string, string)[] settings) => StartAsync(work, null, settings);

    private async Task<bool> ClosesConnectionAsync(string address)
    {
        await using var connection = await (await fixture.NodeAsync()).ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        try
        {
            await channel.BasicPublishAsync("", address, mandatory: false, ReadOnlyMemory<byte>.Empty);
            return false;
        }
        catch (Exception e) when (e is OperationInterruptedException or PublishException)
        {
            return !connection.IsOpen;
        }
    }

    private async Task<SettlementTest> StartAsync(Func<VoiceJob, IDelivery, Task> work, int? port, params (string, string)[] settings)
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        var worker = await TestWorker.StartAsync(queues, port ?? node.Port, new FakeSink(work), settings);
        await worker.ConsumingAsync();
        return new(node, queues, worker, await TestProducer.StartAsync(node, queues));
    }

    private static string? Header(BasicGetResult message, string name) => JobHeaders.Text(message.BasicProperties.Headers, name);

    private sealed record SettlementTest(RabbitMqNode Node, TestQueues Queues, TestWorker Worker, TestProducer Producer) : IAsyncDisposable
    {
        public async Task SettledAsync()
        {
            await Wait.UntilAsync(async () => await Worker.MetricAsync("voiceworker_rabbitmq_unsettled") == 0, "nothing is in flight");
            await Wait.UntilAsync(async () => await Queues.CountAsync(Queues.Jobs) == 0, "the queue is empty");
        }

        public async ValueTask DisposeAsync()
        {
            await Producer.DisposeAsync();
            await Worker.DisposeAsync();
        }
    }
}
