using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.RabbitMq;

namespace VoiceWorker.IntegrationTests.Commands;

/// <summary>A message that the client gives its connection up for: every command ends, says which one it is and what to do.</summary>
public sealed class UnreadableLetterTests(BrokerFixture broker) : IAsyncLifetime
{
    private static readonly StageFailure Cold = new(Stage.Translate, FailureKind.Transient, ErrorCode.EngineUnavailable, "a cold");

    private RabbitMqNode _node = null!;
    private TestQueues _queues = null!;

    public async ValueTask InitializeAsync()
    {
        _node = await broker.NodeAsync();
        _queues = new(_node);
        await _queues.DeclareAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("list")]
    [InlineData("show nobody")]
    [InlineData("replay --dry-run")]
    [InlineData("purge --yes --filter id=nobody")]
    public async Task Command_LetterThatCannotBeRead_NamesItAndLosesNothing(string command)
    {
        await DeadLetters.DeadLetterAsync(_node, _queues, "before", Cold, "{}");
        await UnreadableMessage.PublishAsync(_node, _queues.Dead);
        await DeadLetters.DeadLetterAsync(_node, _queues, "behind", Cold, "{}");

        var run = await CommandRun.InvokeAsync(["dead", .. command.Split(' '), .. _queues.Settings(_node.Port)]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"Letter 2 of {_queues.Dead} cannot be read", run.Error, StringComparison.Ordinal);
        Assert.Contains($"rabbitmqadmin get queue={_queues.Dead} count=2", run.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        if (command == "list")
            Assert.Contains("before", run.Out, StringComparison.Ordinal);
        await Wait.UntilAsync(async () => await _queues.CountAsync(_queues.Dead) == 3, "all letters are back");
    }

    [Fact]
    public async Task Replay_LetterThatCannotBeRead_ReplaysThoseBeforeIt()
    {
        await DeadLetters.DeadLetterAsync(_node, _queues, "before", Cold, "{}");
        await UnreadableMessage.PublishAsync(_node, _queues.Dead);

        var run = await CommandRun.InvokeAsync(["dead", "replay", .. _queues.Settings(_node.Port)]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Replayed 1 of 2 letters", run.Error, StringComparison.Ordinal);
        Assert.Contains($"Letter 1 of {_queues.Dead} cannot be read", run.Error, StringComparison.Ordinal);
        Assert.Equal("before", (await _queues.TakeAsync(_queues.Jobs)).BasicProperties.MessageId);
    }

    [Fact]
    public async Task Doctor_LetterThatCannotBeRead_IsNoTrouble()
    {
        await UnreadableMessage.PublishAsync(_node, _queues.Dead);

        Assert.True((await BrokerDoctor.CheckAsync(_queues.Settings(_node.Port))).Ready);
    }

    [Fact]
    public async Task Publish_ReplyThatCannotBeRead_EndsInWords()
    {
        await using var connection = await _node.ConnectAsync(TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, job) => UnreadableMessage.PublishAsync(_node, job.BasicProperties.ReplyTo!, reply => reply.CorrelationId = job.BasicProperties.CorrelationId);
        await channel.BasicConsumeAsync(_queues.Jobs, autoAck: true, consumer, TestContext.Current.CancellationToken);

        var run = await CommandRun.InvokeAsync(["publish", "--text", "hi", "--from", "en", "--to", "es", .. _queues.Settings(_node.Port)]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("The connection to the broker is gone", run.Error, StringComparison.Ordinal);
    }
}
