using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Pooling;
using VoiceWorker.Core.Ports;
using VoiceWorker.RabbitMq.Connection;
using VoiceWorker.RabbitMq.Consuming;
using VoiceWorker.RabbitMq.Idempotency;

namespace VoiceWorker.RabbitMq.Publishing;

/// <summary>Sends what deliveries have to send: replies to producers, copies to the retry queues and to the dead letters.</summary>
internal sealed class ReplyPublisher(ConfirmedPublisher publisher, DelayedReplies delayed, ReplyQueues replyQueues, IOptions<RabbitMqOptions> options, RabbitMqMetrics metrics, TimeProvider time, ILogger<ReplyPublisher> log)
{
    private readonly RabbitMqOptions _options = options.Value;
    private readonly ReplyToPolicy _policy = new(options.Value);
    private readonly SenderPolicy _senders = new(options.Value);

    /// <summary>The waits between attempts.</summary>
    public IReadOnlyList<TimeSpan> Delays { get; } = options.Value.Delays;

    /// <summary>Whether the broker takes messages now.</summary>
    public bool CanSend => publisher.Gate.IsOpen;

    /// <summary>Why a job's reply address may not be used; null when it may.</summary>
    public string? RefusalOf(string? replyTo) => _policy.Refusal(replyTo);

    /// <summary>Makes sure that the queue for the reply is there, as far as is known.</summary>
    /// <exception cref="ReplyUndeliverableException">It is gone.</exception>
    public async ValueTask CheckRequesterAsync(string? replyTo, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(replyTo) && !await replyQueues.ExistsAsync(replyTo, cancellationToken))
            throw new ReplyUndeliverableException($"The queue for the reply, '{MessageIds.WithoutControls(replyTo)}', is gone.");
    }

    /// <summary>Notes that a job has just come from a requester.</summary>
    public void HeardOf(IReadOnlyBasicProperties request)
    {
        // Only a time that the producer gave tells how long ago that was.
        if (!string.IsNullOrEmpty(request.ReplyTo) && request.IsTimestampPresent() && time.GetUtcNow().ToUnixTimeSeconds() - request.Timestamp.UnixTime is >= 0 and < 5)
            replyQueues.Seen(request.ReplyTo);
    }

    /// <summary>Writes a reply, ready to be sent.</summary>
    /// <exception cref="ReplyUndeliverableException">Its address may not be used.</exception>
    public ReadyReply Write(Reply reply, VoiceJob job, IReadOnlyBasicProperties request)
    {
        if (_policy.Refusal(request.ReplyTo) is { } refusal)
            throw new ReplyUndeliverableException(refusal);
        var buffer = new PooledBuffer(ReplyWriter.EstimateLength(reply));
        try
        {
            ReplyWriter.Write(buffer, reply);
            var key = ResultsKey(reply, job);
            return new(buffer, key, Address(reply is ProgressReply ? PublishPurpose.Progress : PublishPurpose.Reply, key, job, request, buffer.Written));
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>Sends a reply and returns once the broker has it, in the queue it is for or, when that is full, among those to be sent again.</summary>
    /// <exception cref="ReplyUndeliverableException">The address leads nowhere, or the broker will not have the reply at all.</exception>
    /// <exception cref="EngineException">The broker did not confirm in time.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(Publication reply, CancellationToken cancellationToken)
    {
        try
        {
            await publisher.PublishAsync(reply, cancellationToken);
        }
        catch (EngineException e) when (BrokerErrors.IsRefusal(e) && delayed.CanDelay)
        {
            Log.ReplyRefused(log, reply.Properties.MessageId, MessageIds.WithoutControls(reply.RoutingKey));
            await delayed.DelayAsync(reply, cancellationToken);
            return;
        }

        if (reply.Exchange.Length == 0 && reply.Mandatory)
            replyQueues.Seen(reply.RoutingKey);
    }

    /// <summary>Sends progress in passing; when that is not possible at once, nobody will miss it.</summary>
    public void SendProgress(Reply progress, VoiceJob job, IReadOnlyBasicProperties request)
    {
        var ready = Write(progress, job, request);
        _ = PassOnAsync(ready);
    }

    /// <summary>Sends a reply that is ready since an earlier delivery of the job.</summary>
    /// <exception cref="ReplyUndeliverableException">The address leads nowhere.</exception>
    /// <exception cref="EngineException">The broker did not confirm in time.</exception>
    public ValueTask ReplyAgainAsync(FinishedJob before, VoiceJob job, IReadOnlyBasicProperties request, CancellationToken cancellationToken)
    {
        // What ended as a dead letter was answered with an error, whose key is the job's own.
        var key = before.RoutingKey.Length > 0 ? before.RoutingKey : AmqpNames.ResultsKey(job.SourceLanguage, job.TargetLanguage);
        return SendAsync(Address(PublishPurpose.Reply, key, job, request, before.Reply), cancellationToken);
    }

    /// <summary>Sends a copy of a job and returns once the broker has it.</summary>
    /// <exception cref="EngineException">
    /// The broker did not take it. The inner exception is a <see cref="ReplyUndeliverableException"/> when it never will, and an
    /// <see cref="UnconfirmedException"/> when it may still confirm.
    /// </exception>
    public async ValueTask SendCopyAsync(
        PublishPurpose purpose, IReadOnlyBasicProperties original, VoiceJob job, int attempt, StageFailure? failure, JobBody body, CancellationToken cancellationToken)
    {
        var (exchange, routingKey) = purpose switch
        {
            // A job that only waits for another one keeps its attempt, and takes the first queue.
            PublishPurpose.Retry => ("", AmqpNames.RetryQueue(_options.Queue, Delays[attempt > job.Attempt ? job.Attempt - 1 : 0])),
            PublishPurpose.Isolation => ("", AmqpNames.IsolationQueue(_options.Queue)),
            PublishPurpose.DeadLetter => (_options.DeadLetterQueue, ""),
            _ => ("", _options.Queue),
        };
        var copy = MessageCopy.Of(original, job, attempt, time.GetUtcNow(), failure);
        _senders.Keep(copy, job);
        try
        {
            await PublishOwnAsync(new(purpose, exchange, routingKey, Mandatory: true, copy, body.Bytes), cancellationToken);
        }
        catch (ReplyUndeliverableException e)
        {
            throw EngineException.Transient(ErrorCode.EngineUnavailable, e.Message, e);
        }
    }

    /// <summary>Counts a message that came again after its job was done.</summary>
    public void CountDuplicate(VoiceJob job, bool answered)
    {
        (answered ? metrics.DuplicatesAnswered : metrics.DuplicatesDropped).Inc();
        Log.DuplicateAnswered(log, job.MessageId);
    }

    /// <summary>Notes that the broker does not take a job's copy, and moves the message itself.</summary>
    public void CannotCopy(VoiceJob job, StageFailure failure, string reason) => Log.DeadLetterRejected(log, job.MessageId, failure.Message, reason);

    /// <summary>Notes that the broker never confirmed a job's copy.</summary>
    public void NotConfirmed(VoiceJob job, string reason) => Log.CopyNotConfirmed(log, job.MessageId, reason);

    /// <summary>Whether the queue has delivered the message so often that some returns more may make it a dead letter.</summary>
    public bool IsNearDeliveryLimit(long? deliveries) => deliveries >= _options.DeliveryLimit / 2;

    /// <summary>Whether the queue has delivered the message so often that one return more would have it isolated.</summary>
    public bool IsNearIsolation(long? deliveries) => deliveries >= _options.IsolateAfterDeliveries - 1;

    // The worker's own queues were there when it connected. When one is not, somebody has deleted it since.
    private async ValueTask PublishOwnAsync(Publication message, CancellationToken cancellationToken)
    {
        try
        {
            await publisher.PublishAsync(message, cancellationToken);
        }
        catch (ReplyUndeliverableException e) when (_options.DeclareTopology && !e.IsTooLarge)
        {
            await publisher.DeclareTopologyAsync(cancellationToken);
            await publisher.PublishAsync(message, cancellationToken);
        }
    }

    private async Task PassOnAsync(ReadyReply progress)
    {
        using (progress)
            await publisher.TryPublishAsync(progress.Message);
    }

    private Publication Address(PublishPurpose purpose, string resultsKey, VoiceJob job, IReadOnlyBasicProperties request, ReadOnlyMemory<byte> body)
    {
        var isProgress = purpose == PublishPurpose.Progress;
        var properties = new BasicProperties
        {
            ContentType = ReplyWriter.ContentType,
            DeliveryMode = isProgress ? DeliveryModes.Transient : DeliveryModes.Persistent,
            MessageId = job.MessageId,
        };
        if (request.IsCorrelationIdPresent())
            properties.CorrelationId = request.CorrelationId;
        // The reply belongs to the trace that the job came with, or to the worker's part of it.
        if ((Activity.Current?.Id ?? job.TraceParent) is { } trace && ActivityContext.TryParse(trace, null, out _))
            properties.Headers = new Dictionary<string, object?> { [JobHeaders.TraceParent] = trace };
        if (string.IsNullOrEmpty(request.ReplyTo))
            return new(purpose, _options.ResultsExchange, resultsKey, !isProgress, properties, body);
        return new(purpose, "", request.ReplyTo, !isProgress && AmqpNames.ReportsUnroutable("", request.ReplyTo), properties, body);
    }

    private static string ResultsKey(Reply reply, VoiceJob job) => reply is TranslationReply { Translation: var translation }
        ? AmqpNames.ResultsKey(translation.Source.Language, translation.TargetLanguage)
        : AmqpNames.ResultsKey(job.SourceLanguage, job.TargetLanguage);
}
