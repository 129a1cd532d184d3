using RabbitMQ.Client;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;
using VoiceWorker.RabbitMq.Consuming;

namespace VoiceWorker.RabbitMq.DeadLetters;

/// <summary>A dead letter: the message as it lies there, the job in it, and what is known about its end.</summary>
internal sealed record DeadLetter
{
    /// <summary>The stage of letters that no worker, but the broker itself has dead-lettered.</summary>
    public const string BrokersStage = "broker";

    private DeadLetter(ulong tag, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, VoiceJob job) =>
        (Tag, Properties, Body, Job) = (tag, properties, body, job);

    /// <summary>The number of the delivery.</summary>
    public ulong Tag { get; }

    public IReadOnlyBasicProperties Properties { get; }

    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The job as a worker reads it.</summary>
    public VoiceJob Job { get; }

    /// <summary>Whether it is a reply that could not be delivered, and not a job.</summary>
    public bool IsReply => JobHeaders.Has(Properties.Headers, AmqpNames.ReplyRoutingKeyHeader);

    /// <summary>Why it died, in human words.</summary>
    public required string Reason { get; init; }

    /// <summary>The error code; of a letter that the broker dead-lettered, the broker's reason: <c>delivery_limit</c>, <c>expired</c>, <c>rejected</c>, <c>maxlen</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Where it died: a stage, or <see cref="BrokersStage"/>.</summary>
    public required string Stage { get; init; }

    public required DateTimeOffset? FailedAt { get; init; }

    public DateTimeOffset? FirstSeen { get; private init; }

    /// <summary>Whether nobody waits for the answer any more.</summary>
    public bool IsLate(DateTimeOffset now) => Deadline <= now;

    /// <summary>The job's deadline; a job that the broker found too old is late from that moment.</summary>
    public DateTimeOffset? Deadline { get; private init; }

    /// <summary>Reads a message of the queue of dead letters.</summary>
    /// <param name="message">The message.</param>
    /// <param name="reader">Reads the job.</param>
    /// <param name="jobQueue">The queue of jobs: what died there, died by the broker's hand.</param>
    public static DeadLetter Read(BasicGetResult message, JobReader reader, string jobQueue)
    {
        var headers = message.BasicProperties.Headers;
        var death = XDeathHeader.Last(headers);
        var properties = RabbitMqIntake.Neutral(message.BasicProperties);
        // The broker takes the expiration off a message that it buries, and notes it.
        var job = reader.Read(message.Body, properties with { Expiration = properties.Expiration ?? death?.Expiration, ReceivedAt = death?.At });
        // A worker's dead letter is a new message, without the broker's notes; a retried job has some of its retry queue.
        var byBroker = death is { } last && (last.Queue == jobQueue || last.Queue == AmqpNames.IsolationQueue(jobQueue) || last.Queue == AmqpNames.ReplyQueue(jobQueue));
        return new(message.DeliveryTag, message.BasicProperties, message.Body, job)
        {
            Reason = byBroker ? death!.Words : JobHeaders.Text(headers, AmqpNames.ErrorHeader) ?? "not known",
            Code = byBroker ? death!.Reason : JobHeaders.Text(headers, AmqpNames.ErrorCodeHeader) ?? "unknown",
            Stage = byBroker ? BrokersStage : JobHeaders.Text(headers, AmqpNames.ErrorStageHeader) ?? "unknown",
            FailedAt = byBroker ? death!.At : Time(headers, AmqpNames.FailedAtHeader),
            FirstSeen = Time(headers, AmqpNames.FirstSeenHeader),
            Deadline = job.Deadline ?? (death is { Reason: "expired" } && byBroker ? death.At : null),
        };
    }

    private static DateTimeOffset? Time(IDictionary<string, object?>? headers, string name) =>
        JobHeaders.Number(headers, name) is >= 0 and < 253_402_300_800_000 and var milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
}
