namespace VoiceWorker.Contract.Jobs;

/// <summary>How a delivery ends.</summary>
public abstract record Settlement
{
    private Settlement()
    {
    }

    /// <summary>The job is done and answered: acknowledge.</summary>
    public sealed record Done : Settlement;

    /// <summary>The producer wants it no more and was told that it is cancelled: acknowledge.</summary>
    public sealed record Cancelled : Settlement;

    /// <summary>Try again after a delay, with the attempt counted.</summary>
    /// <param name="Failure">Why this attempt failed.</param>
    public sealed record RetryLater(StageFailure Failure) : Settlement;

    /// <summary>A copy with its error headers goes to the dead letters, confirmed; then acknowledge.</summary>
    /// <param name="Failure">Why.</param>
    public sealed record DeadLetter(StageFailure Failure) : Settlement;

    /// <summary>Back to the queue untouched, for this or another worker.</summary>
    public sealed record Return : Settlement;
}
