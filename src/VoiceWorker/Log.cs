namespace VoiceWorker.Host;

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

    [LoggerMessage(109, LogLevel.Error, "The mesh failed to take job {MessageId}; it goes back to the queue")]
    public static partial void HandOverFailed(ILogger logger, string messageId, Exception exception);

    [LoggerMessage(110, LogLevel.Debug, "Job {MessageId} was not returned: {Reason}")]
    public static partial void NotReturned(ILogger logger, string messageId, string reason);

    [LoggerMessage(111, LogLevel.Error, "The service manager gets no sign of life: {Status}")]
    public static partial void WatchdogSilent(ILogger logger, string status);

    [LoggerMessage(113, LogLevel.Warning, "The shared memory of finished jobs does not work: {Reason}")]
    public static partial void SharedMemoryFailed(ILogger logger, string reason);

    [LoggerMessage(114, LogLevel.Warning, "Jobs cannot be cancelled: the broker refuses the exchange {Exchange}: {Reason}")]
    public static partial void ControlRefused(ILogger logger, string exchange, string reason);

    [LoggerMessage(115, LogLevel.Warning, "A control message of {Bytes} bytes was not understood; expected is {{\"type\":\"cancel\",\"message_id\":\"...\"}}")]
    public static partial void ControlNotUnderstood(ILogger logger, int bytes);

    [LoggerMessage(116, LogLevel.Information, "Job {MessageId} came again and is answered from memory")]
    public static partial void DuplicateAnswered(ILogger logger, string messageId);

    [LoggerMessage(120, LogLevel.Warning, "A job of {Queue} came back unanswered {Times} times or more; such jobs are taken one at a time, after those in hand")]
    public static partial void SuspiciousJob(ILogger logger, string queue, int times);

    [LoggerMessage(112, LogLevel.Error, "Delivery {Tag} could not be taken; it goes back to the queue")]
    public static partial void DeliveryNotRead(ILogger logger, ulong tag, Exception exception);

    [LoggerMessage(140, LogLevel.Information, "The configuration was read again; the speech models follow it")]
    public static partial void ConfigurationRead(ILogger logger);

    [LoggerMessage(141, LogLevel.Error, "The configuration was read again and is not right; the speech models stay as they were: {Reason}")]
    public static partial void ConfigurationRefused(ILogger logger, string reason);
}
