using System.Numerics.Tensors;
using Concentus.Structs;
using VoiceWorker.Audio.Resampling;

namespace VoiceWorker.Audio.Opus;

/// <summary>Decodes packets as their samples are asked for, mixed down to one channel.</summary>
/// <param name="packets">A stream whose header is known.</param>
/// <param name="head">That header.</param>
internal sealed class OpusSource(OpusPackets packets, OpusHead head) : IMonoSource, IDisposable
{
    private const int MaxPacketSamples = OpusPackets.Rate * 120 / 1_000;
    private const int FrameCountMask = 3;

    // At 48 kHz, though 16 would do: below it Concentus 2.2.2 leaves hybrid packets, most of today's speech, silent.
    // Its factory, which the warning asks to use, would look for a native library.
#pragma warning disable CS0618
    private readonly OpusDecoder _decoder = new(OpusPackets.Rate, head.Channels) { Gain = head.Gain };
#pragma warning restore CS0618

    private readonly Downmix _downmix = new(head.Channels, OpusPackets.Rate);
    private readonly short[] _packet = new short[MaxPacketSamples * head.Channels];
    private readonly float[] _frames = new float[MaxPacketSamples * head.Channels];
    private readonly float[] _mono = new float[MaxPacketSamples];
    private Range _unread;
    private int _next;
    private int _skip = head.PreSkip;

    /// <inheritdoc/>
    public int FrameCount => packets.TrimmedDuration;

    /// <inheritdoc/>
    public int SampleRate => OpusPackets.Rate;

    /// <inheritdoc/>
    /// <exception cref="Concentus.OpusException">A packet's frames do not fit into it, or are of a kind that Concentus cannot decode.</exception>
    public void Read(Span<float> destination)
    {
        while (!destination.IsEmpty)
        {
            var unread = _mono.AsSpan(_unread);
            if (unread.IsEmpty)
            {
                DecodeNext();
                continue;
            }

            var count = Math.Min(unread.Length, destination.Length);
            unread[..count].CopyTo(destination);
            destination = destination[count..];
            _unread = (_unread.Start.Value + count).._unread.End;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();

    private void DecodeNext()
    {
        // A frame of no more than a byte says that nothing changed (RFC 6716, section 2.1.9), which is also what to do
        // about a lost packet. Concentus 2.2.2 fails at the former, and manages the latter.
        var packet = packets[_next++];
        var samples = OpusPacketInfo.GetNumSamples(packet, OpusPackets.Rate);
        var isUnchanged = packet.Length <= 2 && (packet[0] & FrameCountMask) == 0;
        var decoded = _decoder.Decode(isUnchanged ? [] : packet, _packet, isUnchanged ? samples : MaxPacketSamples);

        var frames = _frames.AsSpan(0, decoded * head.Channels);
        TensorPrimitives.ConvertTruncating<short, float>(_packet.AsSpan(0, frames.Length), frames);
        TensorPrimitives.Multiply(frames, 1f / 32_768, frames);
        if (head.Channels == 1)
            frames.CopyTo(_mono);
        else
            _downmix.Mix(frames, _mono.AsSpan(0, decoded));

        var skipped = Math.Min(_skip, decoded);
        _skip -= skipped;
        _unread = skipped..decoded;
    }
}
