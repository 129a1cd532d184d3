namespace VoiceWorker.Contract.Reading;

/// <summary>How large the parts of a message may be before it is refused.</summary>
public sealed record JobLimits
{
    /// <summary>Bytes of the whole body.</summary>
    public int MaxBodyBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Bytes of UTF-8 of a text to translate.</summary>
    public int MaxTextBytes { get; init; } = 64 * 1024;

    /// <summary>Bytes of UTF-8 of any other string of a message: an id, a voice, a language.</summary>
    public int MaxFieldBytes { get; init; } = 4 * 1024;
}
