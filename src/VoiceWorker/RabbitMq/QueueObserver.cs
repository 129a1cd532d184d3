using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace VoiceWorker.Host.RabbitMq;

/// <summary>
/// Counts what waits in the worker's queues, so that a backlog is seen without access to the broker's management. Its
/// connection is its own: a broker that lacks memory blocks those that publish, and that is when the counts matter.
/// </summary>
internal sealed class QueueObserver(ReconnectLoop loop, IOptions<RabbitMqOptions> options, RabbitMqMetrics metrics, TimeProvider time) : BackgroundService
{
    public const string ConnectionName = "observe";

    private readonly (string Label, string[] Names)[] _queues =
    [
        ("jobs", [options.Value.Queue]),
        ("retry", [.. options.Value.Delays.Select(delay => AmqpNames.RetryQueue(options.Value.Queue, delay))]),
        ("dead", [options.Value.DeadLetterQueue]),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Forget();
        await loop.RunAsync(ConnectionName, ObserveAsync, stoppingToken);
    }

    private async Task<string> ObserveAsync(IConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                foreach (var (label, names) in _queues)
                    metrics.QueueMessages(label).Set(await CountAsync(connection, names, cancellationToken));
                await Task.Delay(options.Value.ObserveInterval, time, cancellationToken);
            }
        }
        finally
        {
            Forget();
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

    // A number from before the connection was lost would look like one of now.
    private void Forget()
    {
        metrics.QueueConsumers.Set(double.NaN);
        foreach (var (label, _) in _queues)
            metrics.QueueMessages(label).Set(double.NaN);
    }
}
