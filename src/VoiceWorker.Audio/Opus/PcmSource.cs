using System.Buffers.Binary;
using VoiceWorker.Audio.Resampling;

namespace VoiceWorker.Audio.Opus;

/// <summary>16-bit mono PCM as floats with full scale 1.</summary>
/// <param name="pcm">Little-endian samples.</param>
/// <param name="sampleRate">In Hz.</param>
internal sealed class PcmSource(ReadOnlyMemory<byte> pcm, int sampleRate) : IMonoSource
{
    private int _position;

    /// <inheritdoc/>
    public int FrameCount => pcm.Length / sizeof(short);

    /// <inheritdoc/>
    public int SampleRate => sampleRate;

    /// <inheritdoc/>
    public void Read(Span<float> destination)
    {
        var bytes = pcm.Span.Slice(_position, destination.Length * sizeof(short));
        _position += bytes.Length;
        for (var i = 0; i < destination.Length; i++)
            destination[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(i * sizeof(short))..]) * (1f / 32_768);
    }
}
