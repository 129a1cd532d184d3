using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Ports;
using VoiceWorker.RabbitMq.Idempotency;
using VoiceWorker.RabbitMq.Publishing;

namespace VoiceWorker.RabbitMq.Consuming;

/// <summary>Turns deliveries into jobs: waits for room, copies the body, reads it and hands it to the pipeline.</summary>
internal sealed class RabbitMqIntake(
    IJobSink sink, ReplyPublisher publisher, FinishedJobs finished, IOptions<RabbitMqOptions> options, RabbitMqMetrics metrics, TimeProvider time, ILogger<RabbitMqIntake> log) : IDisposable
{
    private readonly JobReader _reader = new(new JobLimits { MaxBodyBytes = options.Value.MaxMessageBytes }, time);
    private readonly SenderPolicy _senders = new(options.Value);
    private readonly ByteBudget _budget = new(options.Value.MaxBytesInFlight);
    private readonly RabbitMqOptions _options = options.Value;

    /// <summary>Takes one message. Its body is only valid until the task ends; the job may live on.</summary>
    /// <param name="message">The delivery.</param>
    /// <param name="isolation">What tells a job from the isolation queue its turn; null for any other job.</param>
    /// <param name="cancellationToken">Fires with the channel.</param>
    /// <exception cref="OperationCanceledException">The channel went while the job waited for room.</exception>
    public async Task TakeAsync(Delivered message, Isolation? isolation, CancellationToken cancellationToken)
    {
        var neutral = Neutral(message.Properties);
        metrics.Deliveries.Inc();
        if (message.Redelivered)
            metrics.Redeliveries.Inc();
        else if (neutral.Timestamp is { } sent && message.Properties.Headers?.ContainsKey(AmqpNames.AttemptHeader) is not true)
            metrics.DeliveryAge.Observe(Math.Max(0, (time.GetUtcNow() - sent).TotalSeconds));
        // What is larger than a job may be is answered unread; only what is larger than all memory for bodies is not even
        // copied, and the broker moves it to the dead letters itself.
        var bytes = message.Body.Length + _reader.RoomFor(message.Body.Span, neutral);
        var copy = message.Body.Length > _options.MaxBytesInFlight ? null : JobBody.CopyOf(message.Body, await _budget.AcquireAsync(bytes, cancellationToken), metrics);
        var (job, key) = Read(message, neutral, copy, isolated: isolation is not null);
        publisher.HeardOf(message.Properties);
        // Not awaited: when the pipeline has no slot for one kind of job, the next one may be of the other kind. Prefetch
        // bounds how many wait here.
        _ = HandOverAsync(job, new RabbitMqDelivery(message, job, copy, key, isolation is not null, finished, publisher), message, isolation);
    }

    public void Dispose() => _budget.Dispose();

    private (VoiceJob Job, UInt128 Key) Read(Delivered message, in JobProperties neutral, JobBody? copy, bool isolated)
    {
        try
        {
            var body = copy?.Bytes ?? message.Body;
            var job = _senders.Apply(_reader.Read(body, neutral), message.Properties);
            var key = MessageIds.Fingerprint(body.Span, job.MessageId, neutral, JobHeaders.Text(message.Properties.Headers, AmqpNames.ReplayedHeader));
            var limit = isolated ? _options.IsolatedDeliveryLimit : _options.DeliveryLimit;
            // Refused before any work is done for it, not when the answer is ready.
            var checkedJob = (publisher.RefusalOf(message.Properties.ReplyTo), message.Deliveries) switch
            {
                ({ } refusal, _) => Refused(job, ErrorCode.ReplyUndeliverable, ErrorMessages.InvalidFormat + refusal),
                // The last time that the broker delivers it; the producer would never hear of it.
                (_, { } count) when count >= limit => Refused(job, ErrorCode.Internal, $"{ErrorMessages.ProcessingFailed}the job was delivered {count} times{(isolated ? " in isolation" : "")} and no worker lived to answer it."),
                _ => job,
            };
            return (checkedJob, key);
        }
        catch
        {
            copy?.Dispose();
            throw;
        }
    }

    private static VoiceJob Refused(VoiceJob job, ErrorCode code, string message) =>
        job with { Input = new InvalidInput(new(Stage.Intake, FailureKind.BadJob, code, message)) };

    // A job that came back so often may be what killed its workers. What is refused is not run and kills nobody.
    private bool IsToBeIsolated(VoiceJob job, long? deliveries) => deliveries >= _options.IsolateAfterDeliveries && job.Input is not InvalidInput;

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The job goes back to the queue, whatever happened.")]
    private async Task HandOverAsync(VoiceJob job, RabbitMqDelivery delivery, Delivered message, Isolation? isolation)
    {
        try
        {
            if (isolation is null && IsToBeIsolated(job, message.Deliveries))
                await delivery.IsolateAsync();
            else if (isolation is not null && !await isolation.WaitAsync())
                await delivery.SettleAsync(new Settlement.Return(), CancellationToken.None);
            else if (!await delivery.EndIfDoneAsync())
            {
                if (await sink.SendAsync(job, delivery))
                    return;
                await delivery.SettleAsync(new Settlement.Return(), CancellationToken.None);
            }
        }
        catch (Exception e)
        {
            Log.HandOverFailed(log, job.MessageId, e);
        }

        // What is not settled by now is requeued after a pause.
        delivery.Dispose();
    }

    /// <summary>A message's properties in words of no particular protocol.</summary>
    public static JobProperties Neutral(IReadOnlyBasicProperties properties) => new()
    {
        ContentType = properties.ContentType,
        ContentEncoding = properties.ContentEncoding,
        MessageId = properties.MessageId,
        CorrelationId = properties.CorrelationId,
        ReplyTo = properties.ReplyTo,
        Expiration = properties.Expiration,
        Timestamp = TimestampOf(properties, out var unit),
        TimestampUnit = unit,
        Priority = properties.Priority,
        Attempt = (int)Math.Clamp(JobHeaders.Number(properties.Headers, AmqpNames.AttemptHeader) ?? 1, 1, 1000),
        Headers = WithMoments(properties.Headers),
    };

    // A time in a header has a type of the client's own.
    private static IDictionary<string, object?>? WithMoments(IDictionary<string, object?>? headers) => headers?.Values.Any(value => value is AmqpTimestamp) is true
        ? headers.ToDictionary(header => header.Key, header => header.Value is AmqpTimestamp { UnixTime: var time } ? time : header.Value)
        : headers;

    // Some libraries write milliseconds, or less, where AMQP 0-9-1 has seconds.
    private static DateTimeOffset? TimestampOf(IReadOnlyBasicProperties properties, out TimeSpan unit)
    {
        unit = default;
        return properties.IsTimestampPresent() && TimestampReader.TryOfTimestamp(properties.Timestamp.UnixTime, out var moment, out unit) ? moment : null;
    }
}
