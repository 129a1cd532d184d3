using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Host.RabbitMq;

/// <summary>Turns deliveries into jobs: waits for room, copies the body, reads it and hands it to the mesh.</summary>
internal sealed class RabbitMqIntake(
    IJobSink sink, PostOffice office, FinishedJobs finished, IOptions<RabbitMqOptions> options, RabbitMqMetrics metrics, TimeProvider time, ILogger<RabbitMqIntake> log) : IDisposable
{
    private readonly JobReader _reader = new(new JobLimits { MaxBodyBytes = options.Value.MaxMessageBytes });
    private readonly ByteBudget _budget = new(options.Value.MaxBytesInFlight);
    private readonly long _maxBytes = options.Value.MaxBytesInFlight;
    private readonly int _suspectAfter = options.Value.SuspectAfter;
    private readonly int _deliveryLimit = options.Value.DeliveryLimit;

    /// <summary>Takes one message. The body is only valid until the task ends; the job may live on.</summary>
    /// <exception cref="OperationCanceledException">The channel went while the job waited for room.</exception>
    public async Task TakeAsync(
        ConsumerChannel channel, LinkedListNode<ulong> place, bool redelivered, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        metrics.Deliveries.Inc();
        if (redelivered)
            metrics.Redeliveries.Inc();
        else if (TimestampOf(properties) is { } sent && properties.Headers?.ContainsKey(AmqpNames.AttemptHeader) is not true)
            metrics.DeliveryAge.Observe(Math.Max(0, (time.GetUtcNow() - sent).TotalSeconds));
        // What is larger than a job may be is answered unread; only what is larger than all memory for bodies is not even
        // copied, and the broker moves it to the dead letters itself.
        var copy = body.Length > _maxBytes ? null : new JobBody(body, await _budget.AcquireAsync(body.Length, cancellationToken), metrics);
        var (job, key) = Read(copy?.Bytes ?? body, properties, copy);
        office.HeardOf(properties);
        // Not awaited: when the mesh has no place for one kind of job, the next one may be of the other kind. Prefetch
        // bounds how many wait here.
        _ = HandOverAsync(job, new RabbitMqDelivery(channel, place, properties, job, copy, key, finished, office), redelivered);
    }

    /// <summary>Whether the job came back so often that it may be what killed its workers.</summary>
    public bool IsSuspicious(IReadOnlyBasicProperties properties) => Deliveries(properties) is { } count && count >= _suspectAfter && count < _deliveryLimit;

    /// <summary>Whether a suspicious job can be given back for a quieter moment; near the limit, that would bury a job with which nothing is wrong.</summary>
    public bool CanReturn(IReadOnlyBasicProperties properties) => Deliveries(properties) < _deliveryLimit - 2;

    public void Dispose() => _budget.Dispose();

    private (VoiceJob Job, UInt128 Key) Read(ReadOnlyMemory<byte> body, IReadOnlyBasicProperties properties, JobBody? owner)
    {
        try
        {
            var neutral = Neutral(properties);
            var job = _reader.Read(body, neutral);
            var key = MessageIds.Fingerprint(body.Span, job.MessageId, neutral, JobHeaders.Text(properties.Headers, AmqpNames.ReplayedHeader));
            // Refused before any work is done for it, not when the answer is ready.
            var checkedJob = (office.RefusalOf(properties.ReplyTo), Deliveries(properties)) switch
            {
                ({ } refusal, _) => Refused(job, ErrorCode.ReplyUndeliverable, ErrorWords.InvalidFormat + refusal),
                // The last time that the broker delivers it; the producer would never hear of it.
                (_, { } count) when count >= _deliveryLimit => Refused(job, ErrorCode.Internal, $"{ErrorWords.ProcessingFailed}the job was delivered {count} times and no worker lived to answer it."),
                _ => job,
            };
            return (checkedJob, key);
        }
        catch
        {
            owner?.Dispose();
            throw;
        }
    }

    private static VoiceJob Refused(VoiceJob job, ErrorCode code, string message) =>
        job with { Input = new InvalidInput(new(Stage.Intake, FailureKind.BadJob, code, message)) };

    private static long? Deliveries(IReadOnlyBasicProperties properties) => JobHeaders.Number(properties.Headers, AmqpNames.DeliveryCountHeader);

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The job goes back to the queue, whatever happened.")]
    private async Task HandOverAsync(VoiceJob job, RabbitMqDelivery delivery, bool redelivered)
    {
        var settled = false;
        try
        {
            settled = await delivery.EndIfDoneAsync(redelivered);
            if (!settled && await sink.SendAsync(job, delivery))
                return;
        }
        catch (Exception e)
        {
            Log.HandOverFailed(log, job.MessageId, e);
        }

        if (!settled)
            await ReturnAsync(job, delivery);
        delivery.Dispose();
    }

    private async Task ReturnAsync(VoiceJob job, RabbitMqDelivery delivery)
    {
        try
        {
            await delivery.SettleAsync(new Settlement.Return(), CancellationToken.None);
        }
        catch (EngineException e)
        {
            Log.NotReturned(log, job.MessageId, e.Message);
        }
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
        Timestamp = TimestampOf(properties),
        Priority = properties.Priority,
        Attempt = (int)Math.Clamp(JobHeaders.Number(properties.Headers, AmqpNames.AttemptHeader) ?? 1, 1, 1000),
        Headers = properties.Headers,
    };

    private static DateTimeOffset? TimestampOf(IReadOnlyBasicProperties properties)
    {
        if (!properties.IsTimestampPresent())
            return null;
        var seconds = properties.Timestamp.UnixTime;
        // Some libraries write milliseconds where AMQP 0-9-1 has seconds.
        if (seconds > 100_000_000_000)
            seconds /= 1000;
        return seconds is >= 0 and <= 100_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
    }
}
