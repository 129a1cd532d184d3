namespace VoiceWorker.Contract.Jobs;

/// <summary>The audio format of a reply.</summary>
public enum AudioFormat
{
    /// <summary>Opus in Ogg, <c>audio/ogg</c>: the default.</summary>
    OggOpus,

    /// <summary>16-bit PCM in RIFF/WAVE, <c>audio/wav</c>.</summary>
    Wav,

    /// <summary>MPEG layer III, <c>audio/mpeg</c>.</summary>
    Mp3,

    /// <summary>FLAC, <c>audio/flac</c>.</summary>
    Flac,

    /// <summary>Texts only, <c>none</c>: no speech is made.</summary>
    None,
}
