using Concentus.Enums;
using Concentus.Structs;

namespace VoiceWorker.UnitTests.Audio;

/// <summary>Encodes signals as Opus packets.</summary>
internal sealed record OpusRecorder
{
    public int SampleRate { get; init; } = 48_000;

    public int Channels { get; init; } = 1;

    public double FrameMilliseconds { get; init; } = 20;

    /// <summary>SILK for speech, CELT for music, or both.</summary>
    public OpusMode Mode { get; init; } = OpusMode.MODE_AUTO;

    public int Bitrate { get; init; } = 32_000;

    /// <summary>Whether silence takes a byte or two per packet only.</summary>
    public bool UseDtx { get; init; }

    /// <param name="samples">Interleaved; what does not fill a frame is left out.</param>
    public byte[][] Record(float[] samples)
    {
#pragma warning disable CS0618
        using var encoder = new OpusEncoder(SampleRate, Channels, OpusApplication.OPUS_APPLICATION_AUDIO)
#pragma warning restore CS0618
        {
            Bitrate = Bitrate,
            UseDTX = UseDtx,
            ForceMode = Mode,
            SignalType = Mode == OpusMode.MODE_SILK_ONLY ? OpusSignal.OPUS_SIGNAL_VOICE : OpusSignal.OPUS_SIGNAL_AUTO,
        };
        var frame = (int)(SampleRate * FrameMilliseconds / 1_000);
        var packets = new byte[samples.Length / (frame * Channels)][];
        var buffer = new byte[1_275 * 3];
        for (var i = 0; i < packets.Length; i++)
            packets[i] = buffer[..encoder.Encode(samples.AsSpan(i * frame * Channels, frame * Channels), frame, buffer, buffer.Length)];
        return packets;
    }

    /// <summary>Two seconds of a tone of 440 Hz and half full scale.</summary>
    public byte[][] RecordTone(double seconds = 2)
    {
        var tone = SampleWriter.Sine((int)(seconds * SampleRate), 440, SampleRate);
        return Record([.. tone.SelectMany(sample => Enumerable.Repeat(sample, Channels))]);
    }
}
