namespace VoiceWorker.Audio.Wav;

/// <summary>How a WAV file writes its samples.</summary>
public enum WavEncoding
{
    /// <summary>Something that only ffmpeg reads, compressed for the most part.</summary>
    Other,

    /// <summary>Integers, little endian, left-justified; 8 bits are unsigned.</summary>
    Pcm,

    /// <summary>IEEE 754 floats, little endian, full scale 1.</summary>
    IeeeFloat,

    /// <summary>G.711 A-law.</summary>
    ALaw,

    /// <summary>G.711 µ-law.</summary>
    MuLaw,
}
