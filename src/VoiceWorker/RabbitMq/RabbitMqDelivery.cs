using System.Runtime.CompilerServices;
using RabbitMQ.Client;
using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Host.RabbitMq;

/// <summary>One delivered message: answers its producer and settles it on the channel that delivered it.</summary>
/// <param name="channel">The channel that delivered it.</param>
/// <param name="place">Its place among the deliveries of that channel.</param>
/// <param name="properties">Its properties.</param>
/// <param name="job">The job that was read from it.</param>
/// <param name="body">Its body; null when it was too large to keep.</param>
/// <param name="key">What tells whether it comes again.</param>
/// <param name="finished">Remembers how it ends.</param>
/// <param name="office">What all deliveries share.</param>
internal sealed class RabbitMqDelivery(
    ConsumerChannel channel, LinkedListNode<ulong> place, IReadOnlyBasicProperties properties, VoiceJob job, JobBody? body,
    UInt128 key, FinishedJobs finished, PostOffice office)
    : IDelivery
{
    private ReadOnlyMemory<byte> _reply;
    private bool _begun;
    private bool _settled;
    private bool _disposed;

    // Set while a message is on its way to the broker, and for good when no confirm came.
    private bool _unconfirmed;

    /// <inheritdoc/>
    public bool HasRetriesLeft => body is not null && job.Attempt <= office.Delays.Count;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask ReplyAsync(Reply reply, CancellationToken cancellationToken)
    {
        _unconfirmed = true;
        using var sent = await office.ReplyAsync(reply, job, properties, cancellationToken);
        _unconfirmed = false;
        if (reply is TranslationReply)
            await finished.RememberAsync(key, new(0, sent!.Written));
        else if (sent is not null)
            _reply = sent.Written.ToArray();
    }

    /// <inheritdoc/>
    public ValueTask CheckRequesterAsync(CancellationToken cancellationToken) => office.CheckRequesterAsync(properties.ReplyTo, cancellationToken);

    /// <summary>Waits while the same message is being worked on, and ends this delivery if the job is done by then.</summary>
    /// <param name="redelivered">Whether the broker has delivered it before.</param>
    /// <returns>Whether the delivery is settled; if not, the job is to be done.</returns>
    /// <exception cref="EngineException">The broker did not take the reply.</exception>
    public async ValueTask<bool> EndIfDoneAsync(bool redelivered)
    {
        _begun = await finished.BeginAsync(key);
        if (await finished.FindAsync(key) is not { } before || !before.Covers(job.Attempt, redelivered))
            return false;
        if (before.Reply.Length > 0)
            await ReplyAgainAsync(before);
        office.CountDuplicate(job, answered: before.Reply.Length > 0);
        await SettleAsync(new Settlement.Done(), CancellationToken.None);
        return true;
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SettleAsync(Settlement settlement, CancellationToken cancellationToken)
    {
        if (_settled)
            throw new InvalidOperationException($"The delivery of job {job.MessageId} is settled already.");
        // The broker has given the message to someone else by now: a copy of it would be one job more.
        if (!channel.IsOpen)
            throw Lost(null);
        try
        {
            if (settlement is Settlement.Done or Settlement.Cancelled)
                channel.Acknowledge(place);
            else
                await SettleOtherwiseAsync(settlement, cancellationToken);
            _settled = true;
        }
        catch (Exception e) when (BrokerErrors.IsLoss(e))
        {
            throw Lost(e);
        }
    }

    /// <inheritdoc/>
    public void AbandonMemory() => body?.Abandon();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        channel.Release();
        if (_begun)
            finished.End(key);
        body?.Dispose();
    }

    private ValueTask SettleOtherwiseAsync(Settlement settlement, CancellationToken cancellationToken) => settlement switch
    {
        Settlement.RetryLater retry when HasRetriesLeft => RetryAsync(retry.Failure, cancellationToken),
        Settlement.DeadLetter dead when body is not null => BuryAsync(dead.Failure, body, cancellationToken),
        Settlement.DeadLetter => channel.RejectAsync(place),
        _ => ReturnAsync(cancellationToken),
    };

    private async ValueTask RetryAsync(StageFailure failure, CancellationToken cancellationToken)
    {
        _unconfirmed = true;
        await office.SendCopyAsync(PublishPurpose.Retry, properties, job, job.Attempt + 1, failure, body!, cancellationToken);
        await finished.RememberAsync(key, new(job.Attempt, default));
        channel.Acknowledge(place);
    }

    private async ValueTask BuryAsync(StageFailure failure, JobBody message, CancellationToken cancellationToken)
    {
        _unconfirmed = true;
        try
        {
            await office.SendCopyAsync(PublishPurpose.DeadLetter, properties, job, job.Attempt, failure, message, cancellationToken);
        }
        catch (EngineException e) when (failure.Code == ErrorCode.InputTooLarge && e.InnerException is ReplyUndeliverableException)
        {
            // The broker, too, finds it too large by now; what it has already it can still move.
            await channel.RejectAsync(place);
            return;
        }

        await finished.RememberAsync(key, new(job.Attempt, _reply));
        channel.Acknowledge(place);
    }

    private async ValueTask ReplyAgainAsync(FinishedJob before)
    {
        try
        {
            _unconfirmed = true;
            await office.ReplyAgainAsync(before.Reply, job, properties, CancellationToken.None);
        }
        catch (ReplyUndeliverableException)
        {
            // It was delivered once; whoever got it is gone by now.
        }
    }

    private async ValueTask ReturnAsync(CancellationToken cancellationToken)
    {
        // A quorum queue counts returns, too: a job with which nothing is wrong would become suspicious, and in the end be
        // buried. While the broker confirms nothing, a copy may well be one job more: then only the second is a reason.
        var asCopy = _unconfirmed ? office.IsNearDeliveryLimit(properties) : office.IsNearSuspicion(properties);
        if (asCopy && body is not null && office.CanSend && await TrySendAgainAsync(body, cancellationToken))
            channel.Acknowledge(place);
        else
            await channel.ReturnAsync(place);
    }

    private async ValueTask<bool> TrySendAgainAsync(JobBody message, CancellationToken cancellationToken)
    {
        try
        {
            await office.SendCopyAsync(PublishPurpose.Return, properties, job, job.Attempt, null, message, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is EngineException or OperationCanceledException)
        {
            return false;
        }
    }

    private EngineException Lost(Exception? cause)
    {
        channel.CountStale();
        return EngineException.Transient(ErrorCode.EngineUnavailable, "The channel that delivered the job is gone; the broker delivers it again.", cause);
    }
}
