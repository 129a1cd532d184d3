namespace VoiceWorker.Contract.Jobs;

/// <summary>
/// Why a job failed: the closed list that producers see in the <c>code</c> of an error reply (as snake case,
/// <c>unsupported_audio</c>) and operators see as a metric label.
/// </summary>
public enum ErrorCode
{
    /// <summary>The body or its properties cannot be read as a job.</summary>
    InvalidMessage,

    /// <summary>The job has neither audio nor text.</summary>
    NoInput,

    /// <summary>The body, the audio or the text is larger than the configured limit.</summary>
    InputTooLarge,

    /// <summary>The audio is of no known format, damaged, or outside the limits on rate and channels.</summary>
    UnsupportedAudio,

    /// <summary>The audio plays longer than the configured limit.</summary>
    AudioTooLong,

    /// <summary>No engine serves the language, or the pair of languages.</summary>
    UnsupportedLanguage,

    /// <summary>The wanted voice, reply format or model does not exist.</summary>
    UnsupportedOption,

    /// <summary>Speech recognition failed.</summary>
    RecognitionFailed,

    /// <summary>Translation failed.</summary>
    TranslationFailed,

    /// <summary>Speech synthesis failed.</summary>
    SynthesisFailed,

    /// <summary>Encoding the reply's audio failed.</summary>
    EncodingFailed,

    /// <summary>The engine cannot be reached or says that it cannot work now.</summary>
    EngineUnavailable,

    /// <summary>A stage ran longer than its time-out.</summary>
    StageTimeout,

    /// <summary>The job's own deadline has passed.</summary>
    DeadlineExceeded,

    /// <summary>The job was cancelled by its producer, or by the worker's stop.</summary>
    Cancelled,

    /// <summary>The reply could not be delivered to the address the job gave.</summary>
    ReplyUndeliverable,

    /// <summary>A defect in the worker.</summary>
    Internal,
}
