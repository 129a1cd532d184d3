namespace VoiceWorker.Contract.Jobs;

/// <summary>One request for translation, read from the queue. It never changes on its way through the pipeline.</summary>
public sealed record VoiceJob
{
    /// <summary>The idempotency key: the producer's, or one made at intake. Every reply carries it.</summary>
    public required string MessageId { get; init; }

    /// <summary>Audio, text, or why neither could be read.</summary>
    public required JobInput Input { get; init; }

    /// <summary>ISO 639-1 code of the spoken or written language; null to detect it (<c>auto</c> on the wire).</summary>
    public string? SourceLanguage { get; init; }

    /// <summary>ISO 639-1 code of the wanted language.</summary>
    public string TargetLanguage { get; init; } = "";

    /// <summary>The source language with its script and region (BCP 47: <c>zh-Hant</c>); null when the job names neither.</summary>
    public string? SourceVariant { get; init; }

    /// <summary>The wanted language with its script and region (<c>pt-BR</c>), for engines that tell them apart; null when the job names neither.</summary>
    public string? TargetVariant { get; init; }

    /// <summary>Who sent it, for a sender's own voice and for fair shares.</summary>
    public string? SenderId { get; init; }

    /// <summary>Where its reply goes, as the transport names it; by this, too, its producer can cancel it.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The wanted voice, in the synthesizer's naming; null for the language's default.</summary>
    public string? Voice { get; init; }

    /// <summary>The wanted speech model's name; null for the language's, or the default one.</summary>
    public string? Model { get; init; }

    /// <summary>The wanted format of the reply's audio.</summary>
    public AudioFormat ReplyFormat { get; init; } = AudioFormat.OggOpus;

    /// <summary>Whether progress messages are wanted.</summary>
    public bool WantsProgress { get; init; }

    /// <summary>Whether speech of the original text is wanted beside the translation's.</summary>
    public bool IncludeOriginalAudio { get; init; }

    /// <summary>After this moment nobody waits for the answer any more.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>0 (lowest) to 9, as in AMQP.</summary>
    public byte Priority { get; init; }

    /// <summary>1 on the first delivery, one more after each delayed redelivery.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The producer's W3C trace context, if any.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The producer's W3C trace state, if any.</summary>
    public string? TraceState { get; init; }
}
