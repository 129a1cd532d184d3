using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;

namespace VoiceWorker.Core.Ports;

/// <summary>
/// Where a job came from: how to answer its producer and how to settle it. It rides inside the envelope, so that a
/// job and its acknowledgement cannot part. The pipeline settles it once and then disposes it, which frees the job's memory; a
/// delivery that could not be settled is back in the queue after that, or its channel is closed.
/// </summary>
public interface IDelivery : IDisposable
{
    /// <summary>Whether <see cref="Settlement.RetryLater"/> is still possible; if not, the next failure is the last.</summary>
    bool HasRetriesLeft { get; }

    /// <summary>Sends a reply and returns once the broker has it.</summary>
    /// <exception cref="ReplyUndeliverableException">The job's reply address leads nowhere, or may not be used.</exception>
    /// <exception cref="EngineException">The broker did not confirm in time or cannot be reached: <see cref="Settlement.Return"/> it. The reply is kept for its next delivery.</exception>
    ValueTask ReplyAsync(Reply reply, CancellationToken cancellationToken);

    /// <summary>Whether anyone is left to answer; asked before each costly step.</summary>
    /// <exception cref="ReplyUndeliverableException">The queue for the reply is gone.</exception>
    ValueTask CheckRequesterAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Work that was given up may go on reading the job's bytes: from now on they never go back to a pool, but are left to
    /// the garbage collector.
    /// </summary>
    void AbandonMemory();

    /// <summary>Ends the delivery.</summary>
    /// <exception cref="EngineException">The broker cannot be reached: it will deliver the job again.</exception>
    ValueTask SettleAsync(Settlement settlement, CancellationToken cancellationToken);
}
