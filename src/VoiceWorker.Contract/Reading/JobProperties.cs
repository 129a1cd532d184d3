namespace VoiceWorker.Contract.Reading;

/// <summary>What a transport knows of a message beside its body, in words of no particular protocol.</summary>
public readonly record struct JobProperties
{
    /// <summary>The media type of the body; without one, the body tells.</summary>
    public string? ContentType { get; init; }

    /// <summary>The compression of the body, or its character set.</summary>
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

    /// <summary>By how much it may have been later: <see cref="Timestamp"/> has no more than whole seconds most often.</summary>
    public TimeSpan TimestampUnit { get; init; }

    /// <summary>When the message came, against which the producer's clock is checked; null for now.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>0 (lowest) to 9.</summary>
    public byte Priority { get; init; }

    /// <summary>1 on the first delivery, one more after each delayed redelivery.</summary>
    public int Attempt { get; init; }

    /// <summary>The headers; a text may be a <see cref="string"/> or its UTF-8 bytes, a moment is a <see cref="DateTimeOffset"/>.</summary>
    public IDictionary<string, object?>? Headers { get; init; }
}
