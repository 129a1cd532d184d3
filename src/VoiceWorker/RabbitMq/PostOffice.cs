using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Pooling;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Host.RabbitMq;

/// <summary>Sends what deliveries have to send: replies to producers, copies to the retry queues and to the dead letters.</summary>
internal sealed class PostOffice(ConfirmedPublisher publisher, ReplyQueues replyQueues, IOptions<RabbitMqOptions> options, RabbitMqMetrics metrics, TimeProvider time, ILogger<PostOffice> log)
{
    private readonly RabbitMqOptions _options = options.Value;
    private readonly ReplyToPolicy _policy = new(options.Value);

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

    /// <summary>Sends a reply: progress in passing, anything else confirmed.</summary>
    /// <returns>What was sent, to be disposed by the caller; null for progress.</returns>
    /// <exception cref="ReplyUndeliverableException">The address leads nowhere, or may not be used.</exception>
    /// <exception cref="EngineException">The broker did not confirm in time.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<PooledBuffer?> ReplyAsync(Reply reply, VoiceJob job, IReadOnlyBasicProperties request, CancellationToken cancellationToken)
    {
        if (_policy.Refusal(request.ReplyTo) is { } refusal)
            throw new ReplyUndeliverableException(refusal);
        var buffer = new PooledBuffer(ReplyWriter.EstimateLength(reply));
        try
        {
            ReplyWriter.Write(buffer, reply);
            var isProgress = reply is ProgressReply;
            var message = Address(isProgress ? PublishPurpose.Progress : PublishPurpose.Reply, ResultsKey(reply, job), job, request, buffer.Written);
            if (isProgress)
            {
                _ = PassOnAsync(message, buffer);
                return null;
            }

            await PublishReplyAsync(message, cancellationToken);
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>Sends a reply that was sent before.</summary>
    /// <exception cref="ReplyUndeliverableException">The address leads nowhere.</exception>
    /// <exception cref="EngineException">The broker did not confirm in time.</exception>
    public async ValueTask ReplyAgainAsync(ReadOnlyMemory<byte> reply, VoiceJob job, IReadOnlyBasicProperties request, CancellationToken cancellationToken)
    {
        var key = AmqpNames.ResultsKey(job.SourceLanguage, job.TargetLanguage);
        await PublishReplyAsync(Address(PublishPurpose.Reply, key, job, request, reply), cancellationToken);
    }

    /// <summary>Sends a copy of a job and returns once the broker has it.</summary>
    /// <exception cref="EngineException">The broker did not take it.</exception>
    public async ValueTask SendCopyAsync(
        PublishPurpose purpose, IReadOnlyBasicProperties original, VoiceJob job, int attempt, StageFailure? failure, JobBody body, CancellationToken cancellationToken)
    {
        var (exchange, routingKey) = purpose switch
        {
            PublishPurpose.Retry => ("", AmqpNames.RetryQueue(_options.Queue, Delays[job.Attempt - 1])),
            PublishPurpose.DeadLetter => (_options.DeadLetterQueue, ""),
            _ => ("", _options.Queue),
        };
        var copy = MessageCopy.Of(original, job, attempt, time.GetUtcNow(), failure);
        try
        {
            await publisher.PublishAsync(new(purpose, exchange, routingKey, Mandatory: true, copy, body.Bytes), cancellationToken);
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

    /// <summary>Whether the queue has delivered the message so often that some returns more may bury it.</summary>
    public bool IsNearDeliveryLimit(IReadOnlyBasicProperties properties) =>
        JobHeaders.Number(properties.Headers, AmqpNames.DeliveryCountHeader) >= _options.DeliveryLimit / 2;

    /// <summary>Whether the queue has delivered the message so often that one return more would make it suspicious.</summary>
    public bool IsNearSuspicion(IReadOnlyBasicProperties properties) =>
        JobHeaders.Number(properties.Headers, AmqpNames.DeliveryCountHeader) >= _options.SuspectAfter - 1;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask PublishReplyAsync(Publication message, CancellationToken cancellationToken)
    {
        await publisher.PublishAsync(message, cancellationToken);
        if (message.Exchange.Length == 0 && message.Mandatory)
            replyQueues.Seen(message.RoutingKey);
    }

    private async Task PassOnAsync(Publication message, PooledBuffer buffer)
    {
        using (buffer)
            await publisher.TryPublishAsync(message);
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
        // RabbitMQ reports every message to a direct reply-to as unroutable, also those that it delivers.
        var isDirect = request.ReplyTo.StartsWith(AmqpNames.DirectReplyToPrefix, StringComparison.Ordinal);
        return new(purpose, "", request.ReplyTo, !isProgress && !isDirect, properties, body);
    }

    private static string ResultsKey(Reply reply, VoiceJob job) => reply is TranslationReply { Translation: var translation }
        ? AmqpNames.ResultsKey(translation.Source.Language, translation.TargetLanguage)
        : AmqpNames.ResultsKey(job.SourceLanguage, job.TargetLanguage);
}
