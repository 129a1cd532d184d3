namespace VoiceWorker.Contract.Jobs;

/// <summary>The stages of a job, in the order in which a spoken job passes them.</summary>
public enum Stage
{
    /// <summary>Reading the message.</summary>
    Intake,

    /// <summary>Any audio format to mono PCM.</summary>
    Decode,

    /// <summary>Speech to text.</summary>
    Transcribe,

    /// <summary>Text to text in the target language.</summary>
    Translate,

    /// <summary>Text to speech.</summary>
    Synthesize,

    /// <summary>Speech to the reply's audio format.</summary>
    Encode,

    /// <summary>The reply to the broker, confirmed.</summary>
    Publish,

    /// <summary>Acknowledge, retry later, dead-letter or return the delivery.</summary>
    Settle,
}
