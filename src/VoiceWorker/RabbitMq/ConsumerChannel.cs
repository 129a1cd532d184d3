using RabbitMQ.Client;

namespace VoiceWorker.Host.RabbitMq;

/// <summary>
/// The channel that delivers jobs, and the only one on which they may be settled: their numbers mean other messages
/// on any other.
/// </summary>
internal sealed class ConsumerChannel(IChannel channel, RabbitMqMetrics metrics)
{
    /// <summary>Whether deliveries of this channel can still be settled.</summary>
    public bool IsOpen => channel.IsOpen;

    public async ValueTask AcknowledgeAsync(ulong tag)
    {
        await channel.BasicAckAsync(tag, multiple: false);
        metrics.Acknowledged.Inc();
    }

    /// <summary>Gives the message back to the queue.</summary>
    public async ValueTask ReturnAsync(ulong tag)
    {
        await channel.BasicNackAsync(tag, multiple: false, requeue: true);
        metrics.Returned.Inc();
    }

    /// <summary>Has the broker itself move the message to the dead letters.</summary>
    public async ValueTask RejectAsync(ulong tag)
    {
        await channel.BasicRejectAsync(tag, requeue: false);
        metrics.Rejected.Inc();
    }

    /// <summary>Notes a job that was done for nothing, as its channel is gone.</summary>
    public void CountStale() => metrics.Stale.Inc();
}
