using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.IntegrationTests.Broker;

namespace VoiceWorker.IntegrationTests.RabbitMq;

/// <summary>Jobs in, replies out, against a real broker.</summary>
public sealed class HappyPathTests(BrokerFixture fixture)
{
    [Fact]
    public async Task TextJob_IsAnsweredWithItsOwnIds()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var worker = await TestWorker.StartAsync(queues, node.Port, new FakeSink(FakeSink.AnswerAsync));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);

        await producer.SendTextAsync("hola", "1");

        var reply = await producer.ReplyAsync("1");
        Assert.Equal(("1", "HOLA"), (reply.MessageId, reply.Data.GetProperty("translated_text").GetString()));
        Assert.Equal("1", reply.Data.GetProperty("message_id").GetString());
        Assert.True(reply.Persistent);
        await Wait.UntilAsync(async () => await worker.MetricAsync("voiceworker_rabbitmq_settlements_total", "acknowledged") == 1, "the job is acknowledged");
        Assert.Equal(0u, await queues.CountAsync(queues.Jobs));
    }

    [Fact]
    public async Task RawAudioJob_ReachesThePipelineByteForByte()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        var audio = new byte[300_000];
        Random.Shared.NextBytes(audio);
        byte[]? seen = null;
        await using var worker = await TestWorker.StartAsync(queues, node.Port, new FakeSink((job, delivery) =>
        {
            seen = ((AudioInput)job.Input).Data.ToArray();
            return FakeSink.AnswerAsync(job, delivery);
        }));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);

        await producer.SendAsync(audio, "audio/ogg", "1", p => p.Headers = new Dictionary<string, object?> { ["source_lang"] = "en", ["target_lang"] = "es" });

        await producer.ReplyAsync("1");
        Assert.Equal(audio, seen);
        var job = Assert.Single(worker.Sink.Jobs);
        Assert.Equal(("en", "es"), (job.SourceLanguage, job.TargetLanguage));
    }

    [Fact]
    public async Task JobWithoutAddress_IsAnsweredToTheResultsExchange()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var worker = await TestWorker.StartAsync(queues, node.Port, new FakeSink(FakeSink.AnswerAsync));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);
        await producer.BindAsync(queues.Results, "en.*");

        await producer.SendTextAsync("hi", "1", p => p.ClearReplyTo());

        Assert.Equal("en.es", (await producer.ReplyAsync("1")).RoutingKey);
    }

    [Fact]
    public async Task DirectReplyTo_IsAnswered()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var worker = await TestWorker.StartAsync(queues, node.Port, new FakeSink(FakeSink.AnswerAsync));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);
        await producer.CollectAsync("amq.rabbitmq.reply-to");

        await producer.SendTextAsync("hi", "1", p => p.ReplyTo = "amq.rabbitmq.reply-to");

        await producer.ReplyAsync("1");
    }

    [Fact]
    public async Task Progress_ComesInOrderBeforeTheReplyAndIsTransient()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var worker = await TestWorker.StartAsync(queues, node.Port, new FakeSink(async (job, delivery) =>
        {
            foreach (var progress in Enum.GetValues<ProgressEvent>())
                await delivery.ReplyAsync(new ProgressReply(job.MessageId, progress, "text"), CancellationToken.None);
            await FakeSink.AnswerAsync(job, delivery);
        }));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);

        await producer.SendTextAsync("hi", "1");

        await producer.ReplyAsync("1");
        Assert.Equal(
            ["processing_started", "processing_update", "processing_update", "stt_result", "processing_update", "processing_update", "translation_result", "processing_update", "translation_complete"],
            producer.Replies.Select(r => r.Type));
        Assert.All(producer.Replies, r => Assert.Equal(r.Type == "translation_complete", r.Persistent));
    }

    [Fact]
    public async Task ManyJobs_AreAllAnsweredAndAcknowledged()
    {
        var node = await fixture.NodeAsync();
        var queues = new TestQueues(node);
        await using var worker = await TestWorker.StartAsync(queues, node.Port, new FakeSink(FakeSink.AnswerAsync, capacity: 64));
        await worker.ConsumingAsync();
        await using var producer = await TestProducer.StartAsync(node, queues);

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => producer.SendTextAsync($"text {i}", $"{i}")));

        await Wait.UntilAsync(() => producer.Replies.Count == 1000, "all replies arrive");
        Assert.Equal(1000, producer.Replies.Select(r => r.CorrelationId).Distinct().Count());
        await Wait.UntilAsync(async () => await worker.MetricAsync("voiceworker_rabbitmq_unsettled") == 0, "nothing is in flight");
        Assert.Equal(0, await worker.MetricAsync("voiceworker_rabbitmq_bytes_in_flight"));
        Assert.Equal(0u, await queues.CountAsync(queues.Jobs));
    }
}
