using RabbitMQ.Client;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.RabbitMq.Setup;

namespace VoiceWorker.IntegrationTests.RabbitMq;

/// <summary>Names of one test's own, and a look into its queues.</summary>
internal sealed class TestQueues(RabbitMqNode node)
{
    private readonly string _suffix = Guid.NewGuid().ToString("n")[..8];

    public string Jobs => $"jobs-{_suffix}";

    public string Dead => $"dead-{_suffix}";

    public string Results => $"results-{_suffix}";

    /// <summary>The settings that lead a command to these queues.</summary>
    public string[] Settings(int port) =>
        ["--RabbitMq:Host=127.0.0.1", $"--RabbitMq:Port={port}", $"--RabbitMq:Queue={Jobs}", $"--RabbitMq:DeadLetterQueue={Dead}", $"--RabbitMq:ResultsExchange={Results}"];

    /// <summary>Declares what a worker would declare, so that jobs can be sent before there is one.</summary>
    public async Task DeclareAsync(params TimeSpan[] retryDelays)
    {
        await using var connection = await node.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await Topology.DeclareAsync(channel, new() { Queue = Jobs, DeadLetterQueue = Dead, ResultsExchange = Results, RetryDelays = retryDelays.Length == 0 ? null : retryDelays }, default);
    }

    /// <summary>How many messages wait in a queue.</summary>
    public async Task<uint> CountAsync(string queue)
    {
        await using var connection = await node.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        return await channel.MessageCountAsync(queue);
    }

    /// <summary>Takes all messages off a queue.</summary>
    public async Task<IReadOnlyList<BasicGetResult>> DrainAsync(string queue)
    {
        await using var connection = await node.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        var messages = new List<BasicGetResult>();
        while (await channel.BasicGetAsync(queue, autoAck: true) is { } message)
            messages.Add(message);
        return messages;
    }

    /// <summary>Takes a message off a queue; waits for one.</summary>
    public Task<BasicGetResult> TakeAsync(string queue) => GetAsync(queue, take: true);

    /// <summary>Looks at the first message of a queue, which stays there; waits for one.</summary>
    public Task<BasicGetResult> PeekAsync(string queue) => GetAsync(queue, take: false);

    private async Task<BasicGetResult> GetAsync(string queue, bool take)
    {
        await using var connection = await node.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        BasicGetResult? message = null;
        await Wait.UntilAsync(async () => (message = await channel.BasicGetAsync(queue, autoAck: take)) is not null, $"a message is in {queue}");
        return message!;
    }
}
