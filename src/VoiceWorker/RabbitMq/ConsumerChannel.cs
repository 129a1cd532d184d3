using RabbitMQ.Client;

namespace VoiceWorker.Host.RabbitMq;

/// <summary>
/// The channel that delivers jobs, and the only one on which they may be settled: their numbers mean other messages
/// on any other.
/// </summary>
internal sealed class ConsumerChannel
{
    private readonly IChannel _channel;
    private readonly RabbitMqMetrics _metrics;
    private readonly AckBatcher _acks;
    private readonly Lock _lock = new();
    private TaskCompletionSource? _empty;
    private int _inHand;

    public ConsumerChannel(IChannel channel, RabbitMqMetrics metrics, TimeProvider time)
    {
        (_channel, _metrics) = (channel, metrics);
        _acks = new(time, (tag, multiple) => channel.BasicAckAsync(tag, multiple), count => metrics.Acknowledged.Inc(count));
    }

    /// <summary>Whether deliveries of this channel can still be settled.</summary>
    public bool IsOpen => _channel.IsOpen;

    /// <summary>Ends when no delivery is in hand.</summary>
    public Task Empty
    {
        get
        {
            lock (_lock)
                return _inHand == 0 ? Task.CompletedTask : (_empty ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Notes a delivery, before anything else is done with it: what is not noted would be acknowledged together with later ones.</summary>
    public LinkedListNode<ulong> Add(ulong tag)
    {
        _metrics.Unsettled.Inc();
        lock (_lock)
            _inHand++;
        return _acks.Add(tag);
    }

    /// <summary>Counts a delivery out, settled or not.</summary>
    public void Release()
    {
        _metrics.Unsettled.Dec();
        lock (_lock)
        {
            if (--_inHand > 0)
                return;
            _empty?.SetResult();
            _empty = null;
        }
    }

    /// <summary>Has a delivery acknowledged; that happens soon and, as with every acknowledgement, unconfirmed.</summary>
    public void Acknowledge(LinkedListNode<ulong> delivery) => _acks.Acknowledge(delivery);

    /// <summary>Sends the acknowledgements that are due.</summary>
    public Task FlushAsync() => _acks.FlushAsync();

    /// <summary>Gives the message back to the queue.</summary>
    public async ValueTask ReturnAsync(LinkedListNode<ulong> delivery)
    {
        await _channel.BasicNackAsync(delivery.Value, multiple: false, requeue: true);
        _acks.Remove(delivery);
        _metrics.Returned.Inc();
    }

    /// <summary>Has the broker itself move the message to the dead letters.</summary>
    public async ValueTask RejectAsync(LinkedListNode<ulong> delivery)
    {
        await _channel.BasicRejectAsync(delivery.Value, requeue: false);
        _acks.Remove(delivery);
        _metrics.Rejected.Inc();
    }

    /// <summary>Notes a job that was done for nothing, as its channel is gone.</summary>
    public void CountStale() => _metrics.Stale.Inc();
}
