namespace VoiceWorker.Engines.Audio.Wav;

/// <summary>What a WAV file's headers say, already checked against the file's real length.</summary>
/// <param name="Encoding">How samples are written.</param>
/// <param name="SampleRate">Frames a second, in Hz.</param>
/// <param name="Channels">Samples in a frame.</param>
/// <param name="SampleBytes">Bytes of one sample; 0 when compressed.</param>
/// <param name="Data">The frames that are really there, without a last partial one.</param>
internal sealed record WavFile(WavEncoding Encoding, int SampleRate, int Channels, int SampleBytes, ReadOnlyMemory<byte> Data)
{
    /// <summary>Frames in <see cref="Data"/>; 0 when compressed.</summary>
    public int FrameCount => SampleBytes == 0 ? 0 : Data.Length / (SampleBytes * Channels);
}
