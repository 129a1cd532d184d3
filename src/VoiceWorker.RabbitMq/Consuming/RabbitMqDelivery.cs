using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Ports;
using VoiceWorker.RabbitMq.Connection;
using VoiceWorker.RabbitMq.Idempotency;
using VoiceWorker.RabbitMq.Publishing;

namespace VoiceWorker.RabbitMq.Consuming;

/// <summary>One delivered job: answers its producer and settles it on the channel that delivered it.</summary>
/// <param name="message">The delivery.</param>
/// <param name="job">The job that was read from it.</param>
/// <param name="body">Its body; null when it was too large to keep.</param>
/// <param name="key">What tells whether it comes again.</param>
/// <param name="isolated">Whether it comes from the isolation queue.</param>
/// <param name="finished">Remembers how it ends.</param>
/// <param name="publisher">What all deliveries share.</param>
internal sealed class RabbitMqDelivery(Delivered message, VoiceJob job, JobBody? body, UInt128 key, bool isolated, FinishedJobs finished, ReplyPublisher publisher)
    : IDelivery
{
    private readonly JobCopies _copies = new(message, job, body, key, finished, publisher);
    private bool _begun;
    private bool _settled;
    private bool _disposed;

    private ConsumerChannel Channel => message.Channel;

    /// <inheritdoc/>
    public bool HasRetriesLeft => body is not null && job.Attempt <= publisher.Delays.Count;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask ReplyAsync(Reply reply, CancellationToken cancellationToken)
    {
        if (reply is ProgressReply)
        {
            publisher.SendProgress(reply, job, message.Properties);
            return;
        }

        using var ready = publisher.Write(reply, job, message.Properties);
        if (reply is TranslationReply)
            finished.RememberReady(key, ready.ResultsKey, ready.Body);
        _copies.IsUnconfirmed = true;
        await publisher.SendAsync(ready.Message, cancellationToken);
        _copies.IsUnconfirmed = false;
        if (reply is TranslationReply)
            await finished.RememberSentAsync(key, ready.ResultsKey, ready.Body);
        else
            _copies.Reply = ready.Body.ToArray();
    }

    /// <inheritdoc/>
    public ValueTask CheckRequesterAsync(CancellationToken cancellationToken) => publisher.CheckRequesterAsync(message.Properties.ReplyTo, cancellationToken);

    /// <summary>Waits while the same message is being worked on, and ends this delivery if the job is done by then.</summary>
    /// <returns>Whether the delivery is settled; if not, the job is to be done.</returns>
    /// <exception cref="EngineException">The broker did not take the reply.</exception>
    public async ValueTask<bool> EndIfDoneAsync()
    {
        var entry = await finished.BeginAsync(key);
        _begun = entry == FinishedJobsEntry.Begun;
        if (entry == FinishedJobsEntry.Busy && await TryPostponeAsync())
            return true;
        if (await finished.FindAsync(key) is not { } before || !before.Covers(job.Attempt, message.Redelivered))
            return false;
        if (before.Reply.Length > 0 && await ReplyAgainAsync(before) is { } failure)
        {
            await SettleAsync(new Settlement.DeadLetter(failure), CancellationToken.None);
            return true;
        }

        publisher.CountDuplicate(job, answered: before.Reply.Length > 0);
        await SettleAsync(new Settlement.Done(), CancellationToken.None);
        return true;
    }

    /// <summary>Moves a job that came back unsettled too often to the isolation queue.</summary>
    /// <exception cref="EngineException">The broker did not take it.</exception>
    public async ValueTask IsolateAsync()
    {
        await _copies.SendAsync(PublishPurpose.Isolation, job.Attempt, null, CancellationToken.None);
        Acknowledge();
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SettleAsync(Settlement settlement, CancellationToken cancellationToken)
    {
        if (_settled)
            throw new InvalidOperationException($"The delivery of job {job.MessageId} is settled already.");
        // The broker has given the message to someone else by now: a copy of it would be one job more.
        if (!Channel.IsOpen)
            throw Channel.Lost(null);
        try
        {
            if (settlement is Settlement.Done or Settlement.Cancelled)
                Acknowledge();
            else
                await SettleOtherwiseAsync(settlement, cancellationToken);
        }
        catch (Exception e) when (BrokerErrors.IsLoss(e))
        {
            throw Channel.Lost(e);
        }
    }

    /// <inheritdoc/>
    public void AbandonMemory() => body?.Abandon();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        if (!_settled)
            RequeueLater();
        if (_copies.Late is { IsCompleted: false } late)
            _ = EndAfterAsync(late);
        else
            End();
    }

    private async ValueTask SettleOtherwiseAsync(Settlement settlement, CancellationToken cancellationToken)
    {
        switch (settlement)
        {
            case Settlement.RetryLater retry when HasRetriesLeft:
                await _copies.SendAsync(PublishPurpose.Retry, job.Attempt + 1, retry.Failure, cancellationToken);
                await finished.RememberAsync(key, new(job.Attempt, default));
                Acknowledge();
                break;
            case Settlement.DeadLetter dead when body is not null:
                await DeadLetterAsync(dead.Failure, cancellationToken);
                break;
            case Settlement.DeadLetter:
                await finished.RememberAsync(key, new(job.Attempt, _copies.Reply));
                await RejectAsync();
                break;
            default:
                await ReturnAsync(cancellationToken);
                break;
        }
    }

    private async ValueTask DeadLetterAsync(StageFailure failure, CancellationToken cancellationToken)
    {
        try
        {
            await _copies.SendAsync(PublishPurpose.DeadLetter, job.Attempt, failure, cancellationToken);
        }
        catch (EngineException e) when (e.InnerException is ReplyUndeliverableException)
        {
            // The broker does not take the copy; the message itself it can still move.
            publisher.CannotCopy(job, failure, e.Message);
            await RejectAsync();
            return;
        }

        await finished.RememberAsync(key, new(job.Attempt, _copies.Reply));
        Acknowledge();
    }

    /// <returns>Why the job becomes a dead letter: nobody has ever had its reply, and nobody can. Null when all is well.</returns>
    private async ValueTask<StageFailure?> ReplyAgainAsync(FinishedJob before)
    {
        try
        {
            _copies.IsUnconfirmed = true;
            await publisher.ReplyAgainAsync(before, job, message.Properties, CancellationToken.None);
            await finished.RememberSentAsync(key, before.RoutingKey, before.Reply);
            return null;
        }
        catch (ReplyUndeliverableException e)
        {
            // Sent before, it was delivered once; whoever got it is gone by now.
            return before.IsSent ? null : new(Stage.Publish, FailureKind.BadJob, ErrorCode.ReplyUndeliverable, e.Message);
        }
    }

    private async ValueTask ReturnAsync(CancellationToken cancellationToken)
    {
        // A quorum queue counts returns, too: a job with which nothing is wrong would be isolated, and in the end be a dead
        // letter. While the broker confirms nothing, a copy may well be one job more: then only the second is a reason.
        var asCopy = isolated || (_copies.IsUnconfirmed ? publisher.IsNearDeliveryLimit(message.Deliveries) : publisher.IsNearIsolation(message.Deliveries));
        if (asCopy && body is not null && publisher.CanSend && await _copies.TrySendAsync(isolated ? PublishPurpose.Isolation : PublishPurpose.Return, cancellationToken))
            Acknowledge();
        else if (_copies.IsUnconfirmed)
            RequeueLater();
        else
            await RequeueAsync();
    }

    // Those that wait here keep others from being delivered, and the same message may come a thousand times.
    private async ValueTask<bool> TryPostponeAsync()
    {
        if (body is null || publisher.Delays.Count == 0 || !await _copies.TrySendAsync(PublishPurpose.Retry, CancellationToken.None))
            return false;
        Acknowledge();
        return true;
    }

    private void Acknowledge()
    {
        Channel.Acknowledge(message.Slot);
        _settled = true;
    }

    private async ValueTask RequeueAsync()
    {
        await Channel.RequeueAsync(message.Slot);
        _settled = true;
    }

    private void RequeueLater()
    {
        Channel.RequeueLater(message.Slot);
        _settled = true;
    }

    private async ValueTask RejectAsync()
    {
        await Channel.RejectAsync(message.Slot);
        _settled = true;
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A copy that was not confirmed is as if it had not been sent.")]
    private async Task EndAfterAsync(Task late)
    {
        try
        {
            await late;
        }
        catch (Exception e)
        {
            publisher.NotConfirmed(job, e.Message);
        }

        End();
    }

    private void End()
    {
        if (_begun)
            finished.End(key);
        body?.Dispose();
    }
}
