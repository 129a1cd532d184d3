using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client.Events;
using RabbitMQ.Client;

namespace VoiceWorker.RabbitMq.Consuming;

/// <summary>
/// The client's view of a consumer: passes deliveries on and notices when there will be no more. When the broker cancels
/// the consumer the channel stays: what is in flight can still be settled, and the queue may be consumed again.
/// </summary>
/// <param name="channel">The client's channel.</param>
/// <param name="deliveries">The same channel, with what is in flight.</param>
/// <param name="take">
/// Takes a delivery over, to settle it at any time; its body is only valid until the task ends. When it throws, the
/// delivery is requeued after a pause.
/// </param>
/// <param name="log">The transport's log.</param>
internal sealed class DeliveryConsumer(IChannel channel, ConsumerChannel deliveries, Func<Delivered, CancellationToken, Task> take, ILogger log) : IAsyncBasicConsumer
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _tag = "";

    /// <summary>Ends when the last delivery was passed on: the broker or the worker cancelled the consumer, or the channel is closed.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Whether it was the broker that cancelled the consumer.</summary>
    public bool CancelledByBroker { get; private set; }

    /// <inheritdoc/>
    public IChannel Channel => channel;

    /// <summary>Starts consuming a queue.</summary>
    /// <param name="queue">Its name.</param>
    /// <param name="prefetch">How many deliveries may be unsettled at once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task StartAsync(string queue, ushort prefetch, CancellationToken cancellationToken)
    {
        await channel.BasicQosAsync(0, prefetch, global: false, cancellationToken);
        _tag = await channel.BasicConsumeAsync(queue, autoAck: false, this, cancellationToken);
    }

    /// <summary>Has the broker deliver nothing more; <see cref="Ended"/> says when it has heard.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => channel.BasicCancelAsync(_tag, noWait: false, cancellationToken);

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A delivery that nobody settles would be in flight for ever.")]
    public async Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        var slot = deliveries.Add(deliveryTag);
        try
        {
            await take(new(deliveries, slot, redelivered, properties, body), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            deliveries.RequeueLater(slot);
            Log.DeliveryAbandoned(log, deliveryTag);
        }
        catch (Exception e)
        {
            deliveries.RequeueLater(slot);
            Log.DeliveryNotRead(log, deliveryTag, e);
        }
    }

    /// <inheritdoc/>
    public Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        CancelledByBroker = true;
        _ended.TrySetResult();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
    {
        _ended.TrySetResult();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task HandleBasicCancelOkAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        _ended.TrySetResult();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task HandleBasicConsumeOkAsync(string consumerTag, CancellationToken cancellationToken = default) => Task.CompletedTask;
}
