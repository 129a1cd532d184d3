using System.Buffers;

namespace VoiceWorker.Core.Jobs;

/// <summary>
/// Speech ready for recognition: mono float32 PCM at 16 kHz, each sample finite and in [-1, 1]. The samples live in
/// pooled memory until <see cref="Dispose"/>.
/// </summary>
/// <param name="owner">The pooled memory; its first <paramref name="length"/> samples count.</param>
/// <param name="length">The number of samples.</param>
/// <param name="sourceFormat">What the audio was, for logs and metrics: <c>wav</c>, <c>ogg/opus</c>.</param>
public sealed class DecodedAudio(IMemoryOwner<float> owner, int length, string sourceFormat) : IDisposable
{
    /// <summary>Samples a second, in Hz, of everything that speech recognition sees.</summary>
    public const int SampleRate = 16_000;

    /// <summary>The samples.</summary>
    public ReadOnlyMemory<float> Samples => owner.Memory[..length];

    /// <summary>How long the audio plays.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)length / SampleRate);

    /// <summary>What the audio was before.</summary>
    public string SourceFormat => sourceFormat;

    /// <summary>Gives the samples' memory back to the pool.</summary>
    public void Dispose() => owner.Dispose();
}
