using VoiceWorker.Contract.Jobs;
using VoiceWorker.IntegrationTests.Broker;

namespace VoiceWorker.IntegrationTests.RabbitMq;

/// <summary>Messages that come again after their job was done: answered, not done twice.</summary>
public sealed class FinishedJobsTests(BrokerFixture fixture)
{
    private const string Duplicates = "voiceworker_rabbitmq_duplicates_total";

    [Fact]
    public async Task AcknowledgementOfAReplyIsLost_TheReplyIsSentAgainWithoutWork()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var proxy = new TcpProxy(node.Port);
        await using var worker = await TestWorker.StartAsync(queues, proxy.Port, new FakeSink(async (job, delivery) =>
        {
            SwallowAcknowledgements(proxy);
            await FakeSink.AnswerAsync(job, delivery);
        }));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);
        await producer.SendTextAsync("hi", "1");
        await producer.ReplyAsync("1");

        Reset(proxy);

        await Wait.UntilAsync(() => producer.Replies.Count == 2, "the reply comes again");
        await SettledAsync(worker, queues);
        Assert.Single(worker.Sink.Jobs);
        Assert.Equal(producer.Replies[0].Json.GetRawText(), producer.Replies[1].Json.GetRawText());
        Assert.Equal(1, await worker.MetricAsync(Duplicates, "replied"));
    }

    [Fact]
    public async Task SourceIsDetectedAndThereIsNoReplyTo_TheRepeatGoesWhereTheFirstReplyWent()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var worker = await TestWorker.StartAsync(queues, node.Port, new FakeSink((job, delivery) => FakeSink.AnswerAsync(job with { SourceLanguage = "en" }, delivery)));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);
        await producer.BindAsync(queues.Results, "#");

        for (var i = 0; i < 2; i++)
        {
            await producer.SendAsync("""{"text":"hi","source_lang":"auto","target_lang":"es"}"""u8.ToArray(), "application/json", "1", p => p.ClearReplyTo());
            await Wait.UntilAsync(() => producer.Replies.Count == i + 1, "it is answered");
        }

        Assert.Single(worker.Sink.Jobs);
        Assert.Equal(["en.es", "en.es"], producer.Replies.Select(reply => reply.RoutingKey));
    }

    [Fact]
    public async Task AcknowledgementOfADeadLetterIsLost_ThereIsStillOneDeadLetter()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var proxy = new TcpProxy(node.Port);
        await using var worker = await TestWorker.StartAsync(queues, proxy.Port, new FakeSink(async (job, delivery) =>
        {
            SwallowAcknowledgements(proxy);
            await FakeSink.FailAsync(job, delivery, new(Stage.Decode, FailureKind.BadJob, ErrorCode.UnsupportedAudio, "noise"));
        }));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);
        await producer.SendTextAsync("hi", "1");
        await Wait.UntilAsync(async () => await queues.CountAsync(queues.Dead) == 1, "the job is dead-lettered");

        Reset(proxy);

        await Wait.UntilAsync(async () => await worker.MetricAsync(Duplicates) == 1, "the duplicate is seen");
        await SettledAsync(worker, queues);
        Assert.Equal(1u, await queues.CountAsync(queues.Dead));
        Assert.Single(worker.Sink.Jobs);
        Assert.All(producer.Replies, reply => Assert.Equal("error", reply.Type));
    }

    [Fact]
    public async Task AcknowledgementOfARetryIsLost_TheJobGoesOnOnce()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var proxy = new TcpProxy(node.Port);
        await using var worker = await TestWorker.StartAsync(queues, proxy.Port, new FakeSink(async (job, delivery) =>
        {
            if (job.Attempt > 1)
            {
                await FakeSink.AnswerAsync(job, delivery);
                return;
            }

            SwallowAcknowledgements(proxy);
            await FakeSink.FailAsync(job, delivery, new(Stage.Translate, FailureKind.Transient, ErrorCode.TranslationFailed, "a cold"));
        }), ("RetryDelays:0", "00:00:02"));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);
        await producer.SendTextAsync("hi", "1");
        await Wait.UntilAsync(() => worker.Sink.Jobs.Count == 1, "the first attempt fails");
        await Wait.UntilAsync(async () => await worker.MetricAsync("voiceworker_rabbitmq_publishes_total", "purpose=\"retry\",outcome=\"confirmed\"") == 1, "the copy is confirmed");

        Reset(proxy);

        await producer.ReplyAsync("1");
        await SettledAsync(worker, queues);
        Assert.Equal([1, 2], worker.Sink.Jobs.Select(job => job.Attempt));
        Assert.Single(producer.Replies);
        Assert.Equal(1, await worker.MetricAsync(Duplicates, "acknowledged"));
    }

    [Fact]
    public async Task ProducerSendsTheSameAgain_IsAnsweredWithoutWork()
    {
        var (worker, producer, _) = await StartAsync();
        await using var disposeWorker = worker;
        await using var disposeProducer = producer;
        await producer.SendTextAsync("hi", "1");
        await producer.ReplyAsync("1");

        await producer.SendTextAsync("hi", "1");

        await Wait.UntilAsync(() => producer.Replies.Count == 2, "the second is answered, too");
        Assert.Single(worker.Sink.Jobs);
    }

    [Fact]
    public async Task OtherContentUnderTheSameId_GetsItsOwnAnswer()
    {
        var (worker, producer, _) = await StartAsync();
        await using var disposeWorker = worker;
        await using var disposeProducer = producer;
        await producer.SendTextAsync("hi", "1");
        await producer.ReplyAsync("1");

        await producer.SendTextAsync("bye", "1");

        await Wait.UntilAsync(() => producer.Replies.Count == 2, "the second is answered, too");
        Assert.Equal("BYE", producer.Replies[1].Json.GetProperty("data").GetProperty("translated_text").GetString());
    }

    [Fact]
    public async Task WorkerIsGoneAfterTheReply_AnotherAnswersFromRedis()
    {
        await using var redis = await RedisNode.StartAsync();
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var proxy = new TcpProxy(node.Port);
        await using var producer = await TestProducer.StartAsync(node, queues);
        await using (var first = await TestWorker.StartAsync(queues, proxy.Port, new FakeSink(async (job, delivery) =>
        {
            SwallowAcknowledgements(proxy);
            await FakeSink.AnswerAsync(job, delivery);
        }), redis.Settings))
        {
            await first.ConsumingAsync();
            await producer.SendTextAsync("hi", "1");
            await producer.ReplyAsync("1");
            proxy.Accepts = false;
            Reset(proxy);
        }

        await using var second = await TestWorker.StartAsync(queues, node.Port, new FakeSink(FakeSink.AnswerAsync), redis.Settings);

        await Wait.UntilAsync(() => producer.Replies.Count == 2, "the reply comes again");
        await SettledAsync(second, queues);
        Assert.Empty(second.Sink.Jobs);
        Assert.Equal(1, await second.MetricAsync(Duplicates, "replied"));
    }

    [Fact]
    public async Task RedisIsDown_JobsAreDoneAllTheSame()
    {
        var (worker, producer, queues) = await StartAsync(("FinishedJobs:Redis", $"127.0.0.1:{FreePort.Next()}"));
        await using var disposeWorker = worker;
        await using var disposeProducer = producer;

        for (var i = 0; i < 10; i++)
            await producer.SendTextAsync("hi", $"{i}");

        await Wait.UntilAsync(() => producer.Replies.Count == 10, "every job is answered");
        await SettledAsync(worker, queues);
        Assert.NotEqual(0, await worker.MetricAsync("voiceworker_finished_jobs_redis_errors_total"));
    }

    private async Task<(TestWorker Worker, TestProducer Producer, TestQueues Queues)> StartAsync(params (string, string)[] settings)
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        var worker = await TestWorker.StartAsync(queues, node.Port, new FakeSink(FakeSink.AnswerAsync), settings);
        await worker.ConsumingAsync();
        return (worker, await TestProducer.StartAsync(node, queues), queues);
    }

    private static void SwallowAcknowledgements(TcpProxy proxy)
    {
        foreach (var link in proxy.LinksOf("voiceworker consume"))
            link.ToBroker = ProxyMode.Blackhole;
    }

    private static void Reset(TcpProxy proxy)
    {
        foreach (var link in proxy.LinksOf("voiceworker consume"))
            link.Reset();
    }

    private static async Task SettledAsync(TestWorker worker, TestQueues queues)
    {
        await Wait.UntilAsync(async () => await worker.MetricAsync("voiceworker_rabbitmq_unsettled") == 0, "nothing is in flight");
        await Wait.UntilAsync(async () => await queues.CountAsync(queues.Jobs) == 0, "the queue is empty");
    }
}
