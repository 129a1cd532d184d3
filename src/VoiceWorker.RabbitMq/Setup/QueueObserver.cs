using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using VoiceWorker.RabbitMq.Consuming;

namespace VoiceWorker.RabbitMq.Setup;

/// <summary>
/// Counts what waits in the worker's queues, so that a backlog is seen without access to the broker's management.
/// </summary>
internal sealed class QueueObserver(IOptions<RabbitMqOptions> options, RabbitMqMetrics metrics, ConsumerWatch watch, TimeProvider time)
{
    private readonly (string Label, string[] Names)[] _queues =
    [
        (RabbitMqMetrics.JobsQueue, [options.Value.Queue]),
        (RabbitMqMetrics.RetryQueues, [.. Topology.RetryQueueNames(options.Value.Queue, options.Value)]),
        (RabbitMqMetrics.IsolatedJobsQueue, [AmqpNames.IsolationQueue(options.Value.Queue)]),
        (RabbitMqMetrics.DelayedReplyQueues, [AmqpNames.ReplyQueue(options.Value.Queue), .. Topology.RetryQueueNames(AmqpNames.ReplyQueue(options.Value.Queue), options.Value)]),
        (RabbitMqMetrics.DeadQueue, [options.Value.DeadLetterQueue]),
    ];

    /// <summary>Counts until the connection is lost.</summary>
    public async Task<string> ObserveAsync(IConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                foreach (var (label, names) in _queues)
                {
                    var messages = await CountAsync(connection, names, cancellationToken);
                    metrics.QueueMessages(label).Set(messages);
                    if (label == RabbitMqMetrics.JobsQueue)
                        watch.Observe(messages);
                }

                await Task.Delay(options.Value.ObserveInterval, time, cancellationToken);
            }
        }
        finally
        {
            metrics.ForgetQueues();
        }
    }

    private async Task<double> CountAsync(IConnection connection, string[] names, CancellationToken cancellationToken)
    {
        var messages = 0.0;
        foreach (var name in names)
        {
            // A queue that is not there costs its channel, so each has its own.
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            try
            {
                var queue = await channel.QueueDeclarePassiveAsync(name, cancellationToken);
                messages += queue.MessageCount;
                if (name == options.Value.Queue)
                    metrics.QueueConsumers.Set(queue.ConsumerCount);
            }
            catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
            {
                if (name == options.Value.Queue)
                    metrics.QueueConsumers.Set(double.NaN);
                return double.NaN;
            }
        }

        return messages;
    }
}
