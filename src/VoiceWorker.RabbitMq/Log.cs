using Microsoft.Extensions.Logging;

namespace VoiceWorker.RabbitMq;

/// <summary>Every log message of the transport. Texts of jobs are never among the values.</summary>
internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Information, "Connected to {Broker} to {Purpose}")]
    public static partial void BrokerConnected(ILogger logger, string purpose, string broker);

    [LoggerMessage(101, LogLevel.Warning, "No connection to {Broker} to {Purpose}: {Reason}; next try in {Delay}")]
    public static partial void BrokerLost(ILogger logger, string purpose, string broker, string reason, TimeSpan delay);

    [LoggerMessage(102, LogLevel.Warning, "The channel for publishing was closed: {Reason}")]
    public static partial void PublishChannelClosed(ILogger logger, string reason);

    [LoggerMessage(103, LogLevel.Warning, "The broker takes no messages for now: {Reason}")]
    public static partial void BrokerBlocked(ILogger logger, string reason);

    [LoggerMessage(104, LogLevel.Information, "The broker takes messages again")]
    public static partial void BrokerUnblocked(ILogger logger);

    [LoggerMessage(105, LogLevel.Debug, "A progress message was lost: {Reason}")]
    public static partial void ProgressLost(ILogger logger, string reason);

    [LoggerMessage(106, LogLevel.Information, "Taking jobs from {Queue}, {Prefetch} at a time")]
    public static partial void Consuming(ILogger logger, string queue, int prefetch);

    [LoggerMessage(107, LogLevel.Information, "Taking no jobs from {Queue}")]
    public static partial void ConsumingPaused(ILogger logger, string queue);

    [LoggerMessage(108, LogLevel.Information, "Delivery {Tag} was not taken before its channel went; the broker delivers it again")]
    public static partial void DeliveryAbandoned(ILogger logger, ulong tag);

    [LoggerMessage(109, LogLevel.Error, "The pipeline failed to take job {MessageId}; it goes back to the queue")]
    public static partial void HandOverFailed(ILogger logger, string messageId, Exception exception);

    [LoggerMessage(110, LogLevel.Error, "A delivery could not be settled; its channel is given up, and the broker delivers again what was in flight on it")]
    public static partial void ConsumerChannelGivenUp(ILogger logger, Exception exception);

    [LoggerMessage(113, LogLevel.Warning, "The shared memory of finished jobs does not work: {Reason}")]
    public static partial void SharedMemoryFailed(ILogger logger, string reason);

    [LoggerMessage(114, LogLevel.Warning, "Jobs cannot be cancelled. {Reason}")]
    public static partial void ControlRefused(ILogger logger, string reason);

    [LoggerMessage(115, LogLevel.Warning, "A control message of {Bytes} bytes was not understood; expected is {{\"type\":\"cancel\",\"message_id\":\"...\",\"sender_id\":\"...\"}}")]
    public static partial void ControlNotUnderstood(ILogger logger, int bytes);

    [LoggerMessage(116, LogLevel.Information, "Job {MessageId} came again and is answered from memory")]
    public static partial void DuplicateAnswered(ILogger logger, string messageId);

    [LoggerMessage(118, LogLevel.Warning, "The reply to job {MessageId} was refused by {RoutingKey}, most often because the queue is full; it is sent again later")]
    public static partial void ReplyRefused(ILogger logger, string? messageId, string routingKey);

    [LoggerMessage(119, LogLevel.Error, "The reply to job {MessageId} could neither be sent nor kept, and goes back to its queue: {Reason}")]
    public static partial void ReplyNotDelayed(ILogger logger, string? messageId, string reason);

    [LoggerMessage(120, LogLevel.Warning, "A job of {Queue} came back unsettled time after time and runs alone now; the others wait")]
    public static partial void IsolatedJob(ILogger logger, string queue);

    [LoggerMessage(121, LogLevel.Error, "A message on {Queue} cannot be read by the client, which gave up its connection; messages are taken one at a time until it is met again: {Reason}")]
    public static partial void UnreadableMessage(ILogger logger, string queue, string reason);

    [LoggerMessage(122, LogLevel.Error, "{Messages} messages wait in {Queue}, nothing is in flight and nothing was delivered for {Time}; consuming anew")]
    public static partial void ConsumerStalled(ILogger logger, string queue, double messages, TimeSpan time);

    [LoggerMessage(123, LogLevel.Error, "Job {MessageId} becomes a dead letter without its error in the headers: {Failure} The broker does not take a copy with them: {Reason}")]
    public static partial void DeadLetterRejected(ILogger logger, string messageId, string failure, string reason);

    [LoggerMessage(124, LogLevel.Debug, "The broker has not taken a copy of job {MessageId}: {Reason}")]
    public static partial void CopyNotConfirmed(ILogger logger, string messageId, string reason);

    [LoggerMessage(125, LogLevel.Warning, "One of the worker's queues or exchanges was gone; all are declared anew")]
    public static partial void TopologyDeclaredAnew(ILogger logger);

    [LoggerMessage(130, LogLevel.Warning, "The {Part} was gone and is declared anew")]
    public static partial void TopologyRepaired(ILogger logger, string part);

    [LoggerMessage(131, LogLevel.Error, "{Problem}")]
    public static partial void TopologyNotRepaired(ILogger logger, string problem);

    [LoggerMessage(132, LogLevel.Warning, "The exchange {Exchange} was gone, so no cancellation was heard; it is declared anew")]
    public static partial void ControlGone(ILogger logger, string exchange);

    [LoggerMessage(133, LogLevel.Information, "Jobs can be cancelled again, over the exchange {Exchange}")]
    public static partial void ControlHeard(ILogger logger, string exchange);

    [LoggerMessage(134, LogLevel.Warning, "{Defect}")]
    public static partial void BrokerDefect(ILogger logger, string defect);

    [LoggerMessage(112, LogLevel.Error, "Delivery {Tag} could not be taken; it goes back to the queue")]
    public static partial void DeliveryNotRead(ILogger logger, ulong tag, Exception exception);
}
