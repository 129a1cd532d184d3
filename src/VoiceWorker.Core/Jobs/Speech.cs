namespace VoiceWorker.Core.Jobs;

/// <summary>Synthesized speech: 16-bit mono PCM, little endian.</summary>
/// <param name="Pcm">The samples' bytes.</param>
/// <param name="SampleRate">Samples a second, in Hz.</param>
/// <param name="Voice">The voice that spoke, in the synthesizer's naming.</param>
public sealed record Speech(ReadOnlyMemory<byte> Pcm, int SampleRate, string Voice)
{
    /// <summary>How long the speech plays.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(Pcm.Length / 2.0 / SampleRate);
}
