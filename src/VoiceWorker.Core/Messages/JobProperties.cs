namespace VoiceWorker.Core.Messages;

/// <summary>What a transport knows of a message beside its body, in words of no particular protocol.</summary>
public readonly record struct JobProperties
{
    /// <summary>The media type of the body; JSON when there is none.</summary>
    public string? ContentType { get; init; }

    /// <summary>The encoding of the body; only none, <c>identity</c> and <c>utf-8</c> are read.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>The producer's idempotency key.</summary>
    public string? MessageId { get; init; }

    /// <summary>The producer's key for matching replies.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Where the reply goes.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>How long the job is worth doing, in milliseconds from <see cref="Timestamp"/>.</summary>
    public string? Expiration { get; init; }

    /// <summary>When the producer sent the message.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>0 (lowest) to 9.</summary>
    public byte Priority { get; init; }

    /// <summary>1 on the first delivery, one more after each delayed redelivery.</summary>
    public int Attempt { get; init; }

    /// <summary>The headers; a text may be a <see cref="string"/> or its UTF-8 bytes.</summary>
    public IDictionary<string, object?>? Headers { get; init; }
}
