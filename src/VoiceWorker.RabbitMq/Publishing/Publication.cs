using RabbitMQ.Client;

namespace VoiceWorker.RabbitMq.Publishing;

/// <summary>One message to send.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="Exchange">The exchange; empty for the default one.</param>
/// <param name="RoutingKey">The routing key; with the default exchange, the queue.</param>
/// <param name="Mandatory">Whether it is an error when no queue takes it.</param>
/// <param name="Properties">Its properties; not used again after sending.</param>
/// <param name="Body">Its body; not read any more once the task of sending it has ended.</param>
internal readonly record struct Publication(
    PublishPurpose Purpose, string Exchange, string RoutingKey, bool Mandatory, BasicProperties Properties, ReadOnlyMemory<byte> Body)
{
    /// <summary>Its properties, which the client can write whatever a producer has put into them.</summary>
    public BasicProperties Properties { get; } = Properties.FitShortStrings();

    /// <summary>
    /// Whether a second one would be one too many: then a late confirm counts. Of a reply, the receiver knows the second one
    /// by its id.
    /// </summary>
    public bool IsCopyOfJob => Purpose is PublishPurpose.Retry or PublishPurpose.Return or PublishPurpose.Isolation or PublishPurpose.DeadLetter;
}
