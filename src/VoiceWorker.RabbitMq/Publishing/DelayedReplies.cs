using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;
using VoiceWorker.Core.Pooling;
using VoiceWorker.Core.Ports;
using VoiceWorker.RabbitMq.Connection;
using VoiceWorker.RabbitMq.Consuming;

namespace VoiceWorker.RabbitMq.Publishing;

/// <summary>
/// Replies that their queue refused, most often because it is full. Each waits in a queue of the broker, as jobs do between
/// their attempts, and is sent again; after the last try it becomes a dead letter. So no work is done twice for it, and
/// nobody waits behind it.
/// </summary>
internal sealed class DelayedReplies(ConfirmedPublisher publisher, IOptions<RabbitMqOptions> options, TimeProvider time, ILogger<DelayedReplies> log)
{
    /// <summary>Replies in flight at most.</summary>
    public const ushort Prefetch = 16;

    private readonly RabbitMqOptions _options = options.Value;

    /// <summary>Whether a reply can be kept: there is a delay to wait for.</summary>
    public bool CanDelay => _options.Delays.Count > 0;

    /// <summary>Keeps a refused reply for later; returns once the broker has it.</summary>
    /// <param name="reply">The reply, with its address.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EngineException">The broker does not take it.</exception>
    public ValueTask DelayAsync(Publication reply, CancellationToken cancellationToken) => DelayAsync(reply, attempt: 1, cancellationToken);

    /// <summary>Sends a reply again. Its delivery is settled when that is done, in the background.</summary>
    public Task TakeAsync(Delivered message)
    {
        _ = SendAsync(message, PooledBuffer.CopyOf(message.Body.Span));
        return Task.CompletedTask;
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The reply goes back to the queue, whatever happened.")]
    private async Task SendAsync(Delivered message, PooledBuffer body)
    {
        using var _ = body;
        try
        {
            await SendAsync(Read(message.Properties, body.Written), Attempt(message.Properties), CancellationToken.None);
            message.Channel.Acknowledge(message.Slot);
        }
        catch (Exception e)
        {
            Log.ReplyNotDelayed(log, message.Properties.MessageId, BrokerErrors.Words(e));
            message.Channel.RequeueLater(message.Slot);
        }
    }

    private async ValueTask SendAsync(Publication reply, int attempt, CancellationToken cancellationToken)
    {
        try
        {
            await publisher.PublishAsync(reply, cancellationToken);
        }
        catch (EngineException e) when (BrokerErrors.IsRefusal(e))
        {
            if (attempt < _options.Delays.Count)
                await DelayAsync(reply, attempt + 1, cancellationToken);
            else
                await DeadLetterAsync(reply, $"The reply queue '{MessageIds.WithoutControls(reply.RoutingKey)}' refused the reply {attempt + 1} times; most often it is full.", cancellationToken);
        }
        catch (ReplyUndeliverableException e)
        {
            await DeadLetterAsync(reply, e.Message, cancellationToken);
        }
    }

    private ValueTask DelayAsync(Publication reply, int attempt, CancellationToken cancellationToken)
    {
        var copy = Describe(reply);
        copy.Headers![AmqpNames.AttemptHeader] = attempt;
        var queue = AmqpNames.RetryQueue(AmqpNames.ReplyQueue(_options.Queue), _options.Delays[attempt - 1]);
        return publisher.PublishAsync(new(PublishPurpose.DelayedReply, "", queue, Mandatory: true, copy, reply.Body), cancellationToken);
    }

    private ValueTask DeadLetterAsync(Publication reply, string reason, CancellationToken cancellationToken)
    {
        var copy = Describe(reply);
        MessageCopy.Describe(new(Stage.Publish, FailureKind.BadJob, ErrorCode.ReplyUndeliverable, reason), time.GetUtcNow(), copy.Headers!);
        return publisher.PublishAsync(new(PublishPurpose.DeadLetter, _options.DeadLetterQueue, "", Mandatory: true, copy, reply.Body), cancellationToken);
    }

    private static BasicProperties Describe(Publication reply) => new(reply.Properties)
    {
        DeliveryMode = DeliveryModes.Persistent,
        Headers = new Dictionary<string, object?>(reply.Properties.Headers ?? new Dictionary<string, object?>())
        {
            [AmqpNames.ReplyExchangeHeader] = reply.Exchange,
            [AmqpNames.ReplyRoutingKeyHeader] = reply.RoutingKey,
        },
    };

    private static Publication Read(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
    {
        var reply = new BasicProperties(properties);
        var trace = JobHeaders.Text(properties.Headers, JobHeaders.TraceParent);
        reply.Headers = trace is null ? null : new Dictionary<string, object?> { [JobHeaders.TraceParent] = trace };
        var (exchange, key) = (JobHeaders.Text(properties.Headers, AmqpNames.ReplyExchangeHeader) ?? "", JobHeaders.Text(properties.Headers, AmqpNames.ReplyRoutingKeyHeader) ?? "");
        return new(PublishPurpose.Reply, exchange, key, AmqpNames.ReportsUnroutable(exchange, key), reply, body);
    }

    private static int Attempt(IReadOnlyBasicProperties properties) =>
        (int)Math.Clamp(JobHeaders.Number(properties.Headers, AmqpNames.AttemptHeader) ?? 1, 1, 1000);
}
