using System.Text;
using RabbitMQ.Client;
using VoiceWorker.Core.Jobs;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Commands;
using VoiceWorker.RabbitMq.Connection;

namespace VoiceWorker.IntegrationTests.RabbitMq;

/// <summary>What all workers are told at once, over an exchange that may be deleted.</summary>
public sealed class ControlTests(BrokerFixture fixture)
{
    private readonly string _exchange = $"control-{Guid.NewGuid():n}"[..16];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancel_OverTheControlExchange_ReachesEveryWorkerWithItsSender()
    {
        var node = await fixture.NodeAsync();
        await using var one = await StartAsync(node);
        await using var two = await StartAsync(node);
        await using var connection = await node.ConnectAsync(Stop);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), Stop);
        await channel.ExchangeDeclareAsync(_exchange, ExchangeType.Fanout, durable: true, cancellationToken: Stop);
        var expected = new Cancellation("1", "alice", "alices");

        await Wait.UntilAsync(
            async () =>
            {
                // Each worker binds its queue in its own time.
                foreach (var message in (string[])["{", """{"type":"cancel","message_id":[7]}""", """{"type":"cancel","message_id":"1","sender_id":"alice"}"""])
                    await channel.BasicPublishAsync(_exchange, "", mandatory: false, new BasicProperties { ReplyTo = "alices" }, Encoding.UTF8.GetBytes(message), Stop);
                return one.Sink.Cancelled.Contains(expected) && two.Sink.Cancelled.Contains(expected);
            },
            "both workers hear of it");

        Assert.All(one.Sink.Cancelled, cancelled => Assert.Equal(expected, cancelled));
    }

    [Fact]
    public async Task Command_JobAndSender_ReachTheWorker()
    {
        var node = await fixture.NodeAsync();
        await using var worker = await StartAsync(node);

        await CancelAsync(node, worker, "1", "--sender", "alice", "--reply-to", "alices");

        Assert.Contains(new Cancellation("1", "alice", "alices"), worker.Sink.Cancelled);
    }

    [Fact]
    public async Task Command_NoExchange_SaysSo()
    {
        var node = await fixture.NodeAsync();

        var run = await CommandRun.InvokeAsync("cancel", "1", "--RabbitMq:Host=127.0.0.1", $"--RabbitMq:Port={node.Port}", $"--RabbitMq:ControlExchange={_exchange}");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"There is no exchange '{_exchange}' on the broker; the first worker declares it.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exchange_DeletedWhileRunning_IsDeclaredAnewAndJobsCanBeCancelled()
    {
        var node = await fixture.NodeAsync();
        await using var worker = await StartAsync(node);
        await CancelAsync(node, worker, "before");
        await using var connection = await node.ConnectAsync(Stop);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Stop);

        await channel.ExchangeDeleteAsync(_exchange, cancellationToken: Stop);

        await CancelAsync(node, worker, "after");
        Assert.Null(worker.Troubles.Of(BrokerProblems.Control));
    }

    [Fact]
    public async Task Exchange_OfAnotherType_IsSaidAndUsedOnceItIsGone()
    {
        var node = await fixture.NodeAsync();
        await using var connection = await node.ConnectAsync(Stop);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Stop);
        await channel.ExchangeDeclareAsync(_exchange, ExchangeType.Headers, durable: true, cancellationToken: Stop);
        await using var worker = await StartAsync(node);

        await Wait.UntilAsync(() => worker.Troubles.Of(BrokerProblems.Control) is not null, "it is said");

        Assert.StartsWith($"Jobs cannot be cancelled. The exchange {_exchange} is of the type headers; the worker needs the type fanout.", worker.Troubles.Of(BrokerProblems.Control), StringComparison.Ordinal);
        await worker.ConsumingAsync();
        await channel.ExchangeDeleteAsync(_exchange, cancellationToken: Stop);
        await CancelAsync(node, worker, "after");
        Assert.Null(worker.Troubles.Of(BrokerProblems.Control));
    }

    private Task<TestWorker> StartAsync(RabbitMqNode node) =>
        TestWorker.StartAsync(new TestQueues(node), node.Port, new FakeSink(FakeSink.AnswerAsync), ("ControlExchange", _exchange), ("ObserveInterval", "00:00:00.100"));

    private Task CancelAsync(RabbitMqNode node, TestWorker worker, string id, params string[] arguments) => Wait.UntilAsync(
        async () =>
        {
            await CommandRun.InvokeAsync(["cancel", id, .. arguments, "--RabbitMq:Host=127.0.0.1", $"--RabbitMq:Port={node.Port}", $"--RabbitMq:ControlExchange={_exchange}"]);
            return worker.Sink.Cancelled.Any(cancelled => cancelled.MessageId == id);
        },
        $"the worker hears that {id} is cancelled");
}
