namespace VoiceWorker.Audio.Wav;

/// <summary>What a WAV file's headers say, already checked against the file's real length.</summary>
/// <param name="Encoding">How samples are written; the rest is of no meaning for <see cref="WavEncoding.Other"/>.</param>
/// <param name="SampleRate">Frames a second, in Hz.</param>
/// <param name="Channels">Samples in a frame.</param>
/// <param name="SampleBytes">Bytes of one sample.</param>
/// <param name="Data">The frames that are really there, without a last partial one.</param>
public sealed record WavFile(WavEncoding Encoding, int SampleRate, int Channels, int SampleBytes, ReadOnlyMemory<byte> Data)
{
    /// <summary>A file that only ffmpeg reads.</summary>
    public static readonly WavFile Other = new(WavEncoding.Other, 0, 0, 0, default);

    /// <summary>Frames in <see cref="Data"/>.</summary>
    public int FrameCount => SampleBytes == 0 ? 0 : Data.Length / (SampleBytes * Channels);
}
