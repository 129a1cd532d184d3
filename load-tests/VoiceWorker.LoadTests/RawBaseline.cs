using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using VoiceWorker.IntegrationTests.Broker;

namespace VoiceWorker.LoadTests;

/// <summary>The limit: consume, publish a reply of the job's size with confirm, acknowledge, with RabbitMQ.Client and nothing else.</summary>
internal static class RawBaseline
{
    /// <summary>Answers a queue's jobs; says so when the last one is acknowledged, and only then cleans up.</summary>
    public static async Task DrainQueueAsync(RabbitMqNode node, string queue, int jobs, ushort prefetch, Action finished, CancellationToken cancellationToken)
    {
        await using var consuming = await node.ConnectAsync(cancellationToken);
        await using var publishing = await node.ConnectAsync(cancellationToken);
        await using var consume = await consuming.CreateChannelAsync(cancellationToken: cancellationToken);
        await using var publish = await publishing.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        await consume.BasicQosAsync(0, prefetch, global: false, cancellationToken);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var consumer = new AsyncEventingBasicConsumer(consume);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            _ = AnswerAsync(delivery.DeliveryTag, delivery.BasicProperties.ReplyTo!, delivery.BasicProperties.CorrelationId!, delivery.Body.ToArray());
            return Task.CompletedTask;
        };
        await consume.BasicConsumeAsync(queue, autoAck: false, consumer, cancellationToken);
        await done.Task.WaitAsync(cancellationToken);
        finished();

        async Task AnswerAsync(ulong tag, string replyTo, string correlationId, byte[] body)
        {
            var properties = new BasicProperties { DeliveryMode = DeliveryModes.Persistent, CorrelationId = correlationId, MessageId = correlationId, ContentType = "application/json" };
            await publish.BasicPublishAsync("", replyTo, mandatory: true, properties, body, cancellationToken);
            await consume.BasicAckAsync(tag, multiple: false, cancellationToken);
            if (Interlocked.Decrement(ref jobs) == 0)
                done.SetResult();
        }
    }
}
