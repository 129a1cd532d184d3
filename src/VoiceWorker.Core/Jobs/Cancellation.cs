using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Core.Jobs;

/// <summary>
/// A wish to end a job. An id alone could be a stranger's: the wish must come from whoever sent the job, which it shows by
/// the job's sender or by the address of its reply.
/// </summary>
/// <param name="MessageId">The job's id.</param>
/// <param name="SenderId">The job's sender; null when the wish names none.</param>
/// <param name="ReplyTo">The address of the job's reply; null when the wish names none.</param>
public sealed record Cancellation(string MessageId, string? SenderId = null, string? ReplyTo = null)
{
    /// <summary>
    /// Whether a job is meant: its id is the same, and so is its sender or its reply address. A job that has neither is
    /// meant by a wish that names neither.
    /// </summary>
    public bool Matches(VoiceJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job.MessageId == MessageId
            && (job.SenderId is null && job.ReplyTo is null
                ? SenderId is null && ReplyTo is null
                : (SenderId is not null && SenderId == job.SenderId) || (ReplyTo is not null && ReplyTo == job.ReplyTo));
    }
}
