using VoiceWorker.Engines.Audio.Resampling;

namespace VoiceWorker.UnitTests.Audio;

internal sealed class ArraySource(float[] samples, int sampleRate) : IMonoSource
{
    public int FrameCount => samples.Length;

    public int SampleRate => sampleRate;

    public void Read(int first, Span<float> destination) => samples.AsSpan(first, destination.Length).CopyTo(destination);
}
