namespace VoiceWorker.Contract.Jobs;

/// <summary>A failure as a value, as it travels between blocks.</summary>
/// <param name="Stage">Where the job failed.</param>
/// <param name="Kind">What it means for the job.</param>
/// <param name="Code">The producer's error code.</param>
/// <param name="Message">Human words: what was wrong and what would be right.</param>
public sealed record StageFailure(Stage Stage, FailureKind Kind, ErrorCode Code, string Message)
{
    /// <summary>The failure of a job that a stopping worker requeues.</summary>
    /// <param name="stage">Where the job was.</param>
    public static StageFailure WorkerStopping(Stage stage) =>
        new(stage, FailureKind.Stopping, ErrorCode.Cancelled, "The worker is stopping; the job goes back to the queue.");
}
