using System.Text;
using RabbitMQ.Client;
using VoiceWorker.Core.Messages;
using VoiceWorker.Host.RabbitMq;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.RabbitMq;

namespace VoiceWorker.IntegrationTests.Commands;

/// <summary>Makes dead letters as the worker does.</summary>
internal static class DeadLetters
{
    public static async Task BuryAsync(RabbitMqNode node, TestQueues queues, string id, StageFailure failure, string body, Action<BasicProperties>? change = null)
    {
        await using var connection = await node.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await BuryAsync(channel, queues, id, failure, Encoding.UTF8.GetBytes(body), change);
    }

    public static async Task BuryAsync(IChannel channel, TestQueues queues, string id, StageFailure failure, byte[] body, Action<BasicProperties>? change = null)
    {
        var original = new BasicProperties { ContentType = "application/json", MessageId = id };
        change?.Invoke(original);
        var job = new JobReader(new()).Read(body, RabbitMqIntake.Neutral(original));
        await channel.BasicPublishAsync(queues.Dead, "", mandatory: true, MessageCopy.Of(original, job, 1, TimeProvider.System.GetUtcNow(), failure), body);
    }
}
