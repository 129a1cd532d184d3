namespace VoiceWorker.RabbitMq.Publishing;

/// <summary>What a message is sent for; a metric label.</summary>
internal enum PublishPurpose
{
    Reply,
    Progress,
    Retry,
    Return,
    DeadLetter,

    /// <summary>A job to be run alone.</summary>
    Isolation,

    /// <summary>A reply that was refused, to be sent again later.</summary>
    DelayedReply,
}
