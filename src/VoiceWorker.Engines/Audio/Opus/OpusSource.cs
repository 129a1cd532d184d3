using System.Numerics.Tensors;
using Concentus.Structs;
using VoiceWorker.Engines.Audio.Resampling;

namespace VoiceWorker.Engines.Audio.Opus;

/// <summary>
/// Decodes packets as their samples are asked for, two channels mixed down to their mean, and keeps only the latest of
/// them: no read may begin before the one before it did.
/// </summary>
/// <param name="packets">A stream whose header is known.</param>
/// <param name="head">That header.</param>
internal sealed class OpusSource(OpusPackets packets, OpusHead head) : IMonoSource, IDisposable
{
    private const int MaxPacketSamples = OpusPackets.Rate * 120 / 1_000;
    private const int FrameCountMask = 3;

    // At 48 kHz, though 16 would do: below it Concentus 2.2.2 leaves hybrid packets, most of today's speech, silent.
    // Its factory, which the warning asks to use, would look for a native library.
#pragma warning disable CS0618
    private readonly OpusDecoder _decoder = new(OpusPackets.Rate, channels: 1) { Gain = head.Gain };
#pragma warning restore CS0618

    private readonly short[] _packet = new short[MaxPacketSamples];
    private float[] _window = new float[3 * MaxPacketSamples];
    private int _first;
    private int _count;
    private int _next;

    /// <inheritdoc/>
    public int FrameCount => packets.TrimmedDuration;

    /// <inheritdoc/>
    public int SampleRate => OpusPackets.Rate;

    /// <inheritdoc/>
    /// <exception cref="Concentus.OpusException">A packet's frames do not fit into it, or are of a kind that Concentus cannot decode.</exception>
    public void Read(int first, Span<float> destination)
    {
        var start = first + head.PreSkip;
        for (Forget(start); _first + _count < start + destination.Length; Forget(start))
            DecodeNext();

        _window.AsSpan(0, destination.Length).CopyTo(destination);
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();

    private void Forget(int before)
    {
        var leaving = Math.Min(before - _first, _count);
        _window.AsSpan(leaving, _count - leaving).CopyTo(_window);
        _first += leaving;
        _count -= leaving;
    }

    private void DecodeNext()
    {
        if (_count + MaxPacketSamples > _window.Length)
            Array.Resize(ref _window, 2 * _window.Length);

        // A frame of no more than a byte says that nothing changed (RFC 6716, section 2.1.9), which is also what to do
        // about a lost packet. Concentus 2.2.2 fails at the former, and manages the latter.
        var packet = packets[_next++];
        var samples = OpusPacketInfo.GetNumSamples(packet, OpusPackets.Rate);
        var isUnchanged = packet.Length <= 2 && (packet[0] & FrameCountMask) == 0;
        var decoded = _decoder.Decode(isUnchanged ? [] : packet, _packet, isUnchanged ? samples : MaxPacketSamples);
        var room = _window.AsSpan(_count, decoded);
        TensorPrimitives.ConvertTruncating<short, float>(_packet.AsSpan(0, decoded), room);
        TensorPrimitives.Multiply(room, 1f / 32_768, room);
        _count += decoded;
    }
}
