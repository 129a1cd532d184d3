using RabbitMQ.Client;
using VoiceWorker.Contract.Reading;

namespace VoiceWorker.RabbitMq.Consuming;

/// <summary>A message as the broker has delivered it.</summary>
/// <param name="Channel">The channel that delivered it, the only one on which it can be settled.</param>
/// <param name="Slot">Its slot among what that channel has in flight.</param>
/// <param name="Redelivered">Whether the broker has delivered it before.</param>
/// <param name="Properties">Its properties.</param>
/// <param name="Body">Its body, valid while it is being taken over.</param>
internal readonly record struct Delivered(
    ConsumerChannel Channel, LinkedListNode<ulong> Slot, bool Redelivered, IReadOnlyBasicProperties Properties, ReadOnlyMemory<byte> Body)
{
    /// <summary>
    /// How often the queue has delivered the message before and no worker settled it; null when it does not count. What a
    /// producer wrote into that header is replaced by the broker only when it delivers the message again.
    /// </summary>
    public long? Deliveries
    {
        get
        {
            if (!Redelivered || JobHeaders.Number(Properties.Headers, AmqpNames.DeliveryCountHeader) is not { } count)
                return null;
            // Such a broker leaves the producer's count as it is when a message was only requeued; this one is always its own.
            return Channel.CountsAcquisitions ? Math.Min(count, JobHeaders.Number(Properties.Headers, AmqpNames.AcquiredCountHeader) ?? 0) : count;
        }
    }
}
