namespace VoiceWorker.RabbitMq.Publishing;

/// <summary>How sending a message went; a metric label.</summary>
internal enum PublishOutcome
{
    /// <summary>The broker has it.</summary>
    Confirmed,

    /// <summary>No queue took it.</summary>
    Unroutable,

    /// <summary>The broker would not have it: too large, no permission, a full queue.</summary>
    Refused,

    /// <summary>No confirm came in time.</summary>
    TimedOut,

    /// <summary>A progress message for which there was no room.</summary>
    Dropped,
}
