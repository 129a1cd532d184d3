namespace VoiceWorker.RabbitMq.Idempotency;

/// <summary>What comes of a message for which <see cref="FinishedJobs.BeginAsync"/> was called.</summary>
internal enum FinishedJobsEntry
{
    /// <summary>It is the only one of its kind now, and <see cref="FinishedJobs.End"/> has to be told.</summary>
    Begun,

    /// <summary>The same message is being worked on, and another one waits for it.</summary>
    Busy,

    /// <summary>It waited too long for the same message that is being worked on.</summary>
    GaveUp,
}
