using System.Text;
using RabbitMQ.Client;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.RabbitMq;
using VoiceWorker.RabbitMq.Consuming;
using VoiceWorker.RabbitMq.Publishing;

namespace VoiceWorker.IntegrationTests.Commands;

/// <summary>Makes dead letters as the worker does.</summary>
internal static class DeadLetters
{
    public static async Task DeadLetterAsync(RabbitMqNode node, TestQueues queues, string id, StageFailure failure, string body, Action<BasicProperties>? change = null)
    {
        await using var connection = await node.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await DeadLetterAsync(channel, queues, id, failure, Encoding.UTF8.GetBytes(body), change);
    }

    public static async Task DeadLetterAsync(IChannel channel, TestQueues queues, string id, StageFailure failure, byte[] body, Action<BasicProperties>? change = null)
    {
        var original = new BasicProperties { ContentType = "application/json", MessageId = id };
        change?.Invoke(original);
        var job = new JobReader(new()).Read(body, RabbitMqIntake.Neutral(original));
        await channel.BasicPublishAsync(queues.Dead, "", mandatory: true, MessageCopy.Of(original, job, 1, TimeProvider.System.GetUtcNow(), failure), body);
    }
}
