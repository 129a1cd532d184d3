namespace VoiceWorker.Host.RabbitMq;

/// <summary>What a message is sent for; a metric label.</summary>
internal enum PublishPurpose
{
    Reply,
    Progress,
    Retry,
    Return,
    DeadLetter,
}
