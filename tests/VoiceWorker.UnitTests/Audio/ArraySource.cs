using VoiceWorker.Audio.Resampling;

namespace VoiceWorker.UnitTests.Audio;

internal sealed class ArraySource(float[] samples, int sampleRate) : IMonoSource
{
    private int _position;

    public int FrameCount => samples.Length;

    public int SampleRate => sampleRate;

    public void Read(Span<float> destination)
    {
        samples.AsSpan(_position, destination.Length).CopyTo(destination);
        _position += destination.Length;
    }
}
