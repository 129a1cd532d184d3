using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Core.Ports;

/// <summary>How an engine says that it could not do a job; everything else it throws counts as a transient fault of its stage.</summary>
public sealed class EngineException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="kind">What it means for the job.</param>
    /// <param name="code">What the producer is told.</param>
    /// <param name="message">Human words: what was wrong and what would be right.</param>
    /// <param name="innerException">The cause, if any.</param>
    public EngineException(FailureKind kind, ErrorCode code, string message, Exception? innerException = null)
        : base(message, innerException) => (Kind, Code) = (kind, code);

    /// <summary>What it means for the job.</summary>
    public FailureKind Kind { get; }

    /// <summary>What the producer is told.</summary>
    public ErrorCode Code { get; }

    /// <summary>The job itself is wrong: <see cref="FailureKind.BadJob"/>.</summary>
    public static EngineException BadJob(ErrorCode code, string message, Exception? innerException = null) =>
        new(FailureKind.BadJob, code, message, innerException);

    /// <summary>Worth another try: <see cref="FailureKind.Transient"/>.</summary>
    public static EngineException Transient(ErrorCode code, string message, Exception? innerException = null) =>
        new(FailureKind.Transient, code, message, innerException);
}
