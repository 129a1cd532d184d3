using VoiceWorker.ChaosTests.Harness;
using VoiceWorker.Contract.Reading;
using VoiceWorker.IntegrationTests;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.RabbitMq;

namespace VoiceWorker.ChaosTests.Faults;

/// <summary>Queues that are not there, and messages that are too large for anyone.</summary>
public sealed class QueueFaultTests(BrokerFixture broker)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReplyQueueIsDeletedInMidJob_OneDeadLetterWithTheReasonAndNoLoop()
    {
        var node = await broker.NodeAsync();
        await using var run = await ChaosRun.StartAsync("reply-queue-missing", node);
        await using var connection = await node.ConnectAsync(Cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancel);
        var address = $"{run.Producer.ReplyQueue}-gone";
        await channel.QueueDeclareAsync(address, durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancel);
        var release = run.Engines.Hold("translate");
        await run.Producer.SendTextAsync("orphan", properties => properties.ReplyTo = address);
        await run.Worker.InStageAsync("translate", 1);

        await channel.QueueDeleteAsync(address, ifUnused: false, ifEmpty: false, cancellationToken: Cancel);
        release.SetResult();

        var dead = await run.Queues.PeekAsync(run.Queues.Dead);
        Assert.Equal(("orphan", "reply_undeliverable"), (dead.BasicProperties.MessageId, JobHeaders.Text(dead.BasicProperties.Headers, AmqpNames.ErrorCodeHeader)));
        Assert.Contains(address, JobHeaders.Text(dead.BasicProperties.Headers, AmqpNames.ErrorHeader));
        Assert.Equal(1, (await run.VerifyAsync()).DeadLetters);
    }

    [Fact]
    public async Task QueueIsDeletedInMidJob_IsDeclaredAgainAndTheJobsInHandAreAnswered()
    {
        var node = await broker.NodeAsync();
        await using var run = await ChaosRun.StartAsync("queue-deleted", node);
        var release = run.Engines.Hold("translate");
        await run.SendTextsAsync("in-hand", 3);
        await run.Worker.InStageAsync("translate", 3);

        await using (var connection = await node.ConnectAsync(Cancel))
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: Cancel))
            await channel.QueueDeleteAsync(run.Queues.Jobs, ifUnused: false, ifEmpty: false, cancellationToken: Cancel);
        await Wait.UntilAsync(() => run.Worker.Output.Contains("the queue may be gone", StringComparison.Ordinal), "the worker notices");
        release.SetResult();
        await run.Worker.ReadyAsync();

        await run.FaultIsOverAsync();
        Assert.Equal(0, (await run.VerifyAsync()).DeadLetters);
    }

    [Fact]
    public async Task JobIsOverlarge_IsAnsweredAndDeadLetteredAndTheConnectionStays()
    {
        await using var run = await ChaosRun.StartAsync("overlarge-inbound", await broker.NodeAsync());
        await run.Producer.SendAsync("huge", new byte[65 * 1024 * 1024], "audio/wav");

        await run.AnsweredAsync(["huge"]);

        Assert.Equal(1, run.Producer.Jobs["huge"].Errors);
        Assert.Equal(1, await run.Worker.MetricAsync("voiceworker_rabbitmq_connects_total", "connection=\"consume\",outcome=\"succeeded\""));
        // A job whose dead letter is not taken at once is on its way back for a while, and nowhere to be seen.
        await Wait.UntilAsync(async () => await run.Worker.MetricAsync("voiceworker_jobs_total", "outcome=\"dead_lettered\"") == 1, "the job is dead-lettered");
        Assert.Equal(1, (await run.VerifyAsync()).DeadLetters);
    }
}
