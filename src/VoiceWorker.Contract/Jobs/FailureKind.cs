namespace VoiceWorker.Contract.Jobs;

/// <summary>What a failure means for the job; it alone decides about retry and settlement.</summary>
public enum FailureKind
{
    /// <summary>The job itself is wrong: never retried, answered with an error, copied to the dead letters.</summary>
    BadJob,

    /// <summary>The same job may well succeed later: retried in process, then redelivered with a delay.</summary>
    Transient,

    /// <summary>The engine is down: the job goes back to the queue untouched and intake pauses.</summary>
    EngineDown,

    /// <summary>The worker is stopping: the job goes back to the queue untouched.</summary>
    Stopping,

    /// <summary>The producer wants it no more: answered with an error, and done.</summary>
    Cancelled,
}
