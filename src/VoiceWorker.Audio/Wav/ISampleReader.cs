namespace VoiceWorker.Audio.Wav;

/// <summary>Reads one sample of an encoding as a float with full scale 1.</summary>
internal interface ISampleReader
{
    /// <summary>Bytes of a sample.</summary>
    static abstract int Size { get; }

    /// <summary>Reads a sample of <see cref="Size"/> bytes.</summary>
    static abstract float Read(ReadOnlySpan<byte> sample);
}
