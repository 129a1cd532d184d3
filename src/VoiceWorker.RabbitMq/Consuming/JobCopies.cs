using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.RabbitMq.Idempotency;
using VoiceWorker.RabbitMq.Publishing;

namespace VoiceWorker.RabbitMq.Consuming;

/// <summary>Sends copies of a delivered job to other queues, and knows what of it the broker has not confirmed.</summary>
/// <param name="message">The delivery.</param>
/// <param name="job">The job that was read from it.</param>
/// <param name="body">Its body; null when it was too large to keep, and then there are no copies.</param>
/// <param name="key">What tells whether it comes again.</param>
/// <param name="finished">Remembers how it ends.</param>
/// <param name="publisher">What all deliveries share.</param>
internal sealed class JobCopies(Delivered message, VoiceJob job, JobBody? body, UInt128 key, FinishedJobs finished, ReplyPublisher publisher)
{
    /// <summary>Set while a message of the job is on its way to the broker, and for good when no confirm came.</summary>
    public bool IsUnconfirmed { get; set; }

    /// <summary>A copy of the job that may still be confirmed.</summary>
    public Task? Late { get; private set; }

    /// <summary>The error that the producer was answered with; empty for none.</summary>
    public ReadOnlyMemory<byte> Reply { get; set; }

    /// <summary>Sends a copy.</summary>
    /// <exception cref="EngineException">The broker did not take it.</exception>
    public async ValueTask SendAsync(PublishPurpose purpose, int attempt, StageFailure? failure, CancellationToken cancellationToken)
    {
        IsUnconfirmed = true;
        try
        {
            await publisher.SendCopyAsync(purpose, message.Properties, job, attempt, failure, body!, cancellationToken);
            IsUnconfirmed = false;
        }
        catch (EngineException e) when (e.InnerException is UnconfirmedException unconfirmed)
        {
            // Copies of the same attempt leave no trace: taken for a leftover, one would be lost.
            var isNew = purpose == PublishPurpose.DeadLetter || attempt > job.Attempt;
            Late = isNew ? RememberLateAsync(unconfirmed.Confirmation) : unconfirmed.Confirmation;
            throw;
        }
    }

    /// <summary>Sends a copy of the same attempt, where nothing is lost if the broker does not take it.</summary>
    public async ValueTask<bool> TrySendAsync(PublishPurpose purpose, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(purpose, job.Attempt, null, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is EngineException or OperationCanceledException)
        {
            return false;
        }
    }

    // Should the job be delivered again, it waits for this, and is acknowledged: there is no second copy.
    private async Task RememberLateAsync(Task confirmation)
    {
        await confirmation;
        await finished.RememberAsync(key, new(job.Attempt, Reply));
    }
}
