using System.Buffers.Binary;
using System.Runtime.Versioning;
using VoiceWorker.Audio.Resampling;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Pooling;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Audio.Opus;

/// <summary>
/// Speech to Opus in Ogg (RFC 7845), in process. Starting ffmpeg costs several times what encoding a sentence does,
/// and what is encoded here is the worker's own speech, not a stranger's file.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class OggOpusEncoder
{
    // Granule positions count samples at 48 kHz, whatever the encoder's rate is: RFC 7845, section 4.
    private const int GranuleRate = 48_000;
    private const int FramesASecond = 50;
    private const int MaxPacketBytes = 1_275;

    private static readonly int[] OpusRates = [8_000, 12_000, 16_000, 24_000, 48_000];

    /// <summary>Encodes speech.</summary>
    /// <param name="speech">Not empty.</param>
    /// <param name="bitrate">In bit/s.</param>
    /// <param name="complexity">0 to 10.</param>
    /// <param name="cancellationToken">Checked before every frame of 20 ms.</param>
    /// <returns>A whole file.</returns>
    public static byte[] Encode(Speech speech, int bitrate, int complexity, CancellationToken cancellationToken)
    {
        var source = new PcmSource(speech.Pcm, speech.SampleRate);
        var rate = OpusRates.FirstOrDefault(candidate => candidate >= speech.SampleRate, OpusRates[^1]);
        var length = Resampler.OutputLength(source.FrameCount, speech.SampleRate, rate);
        using var encoder = new OpusEncoderHandle(rate, bitrate, complexity);
        _ = LibOpus.Get(encoder, LibOpus.GetLookahead, out var lookahead);

        // The encoder is that many samples late, so the input goes on with silence until the last one is out.
        var frameSize = rate / FramesASecond;
        var frames = (length + lookahead + frameSize - 1) / frameSize;
        using var rented = new PooledMemory<float>(frames * frameSize);
        var samples = rented.GetSpan()[..(frames * frameSize)];
        samples[length..].Clear();
        if (rate == speech.SampleRate)
            source.Read(samples[..length]);
        else
            Resampler.Resample(source, rate, samples[..length], cancellationToken);

        return Write(encoder, samples, length, lookahead, rate, speech.SampleRate, cancellationToken);
    }

    private static byte[] Write(
        OpusEncoderHandle encoder, ReadOnlySpan<float> samples, int length, int lookahead, int rate, int inputRate, CancellationToken cancellationToken)
    {
        using var output = new PooledBuffer(64 * 1024);
        var ogg = new OggWriter(output, (uint)Random.Shared.Next());
        var scale = GranuleRate / rate;
        ogg.Add(Head(lookahead * scale, inputRate), 0);
        ogg.Flush();
        ogg.Add(Tags(), 0);
        ogg.Flush();

        var frameSize = rate / FramesASecond;
        var end = (long)(length + lookahead) * scale;
        Span<byte> packet = stackalloc byte[MaxPacketBytes];
        for (var first = 0; first < samples.Length; first += frameSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var bytes = LibOpus.Encode(encoder, samples.Slice(first, frameSize), frameSize, packet, packet.Length);
            if (bytes < 0)
                throw EngineException.Transient(ErrorCode.EncodingFailed, $"libopus failed with error {bytes}.");

            // A last position short of a whole frame tells players where to stop.
            ogg.Add(packet[..bytes], Math.Min((long)(first + frameSize) * scale, end));
            if ((first / frameSize + 1) % FramesASecond == 0 && first + frameSize < samples.Length)
                ogg.Flush();
        }

        ogg.Flush(last: true);
        return output.Written.ToArray();
    }

    // RFC 7845, section 5.1: version 1, one channel, pre-skip, original rate, no gain, mapping family 0.
    private static byte[] Head(int preSkip, int inputRate)
    {
        var head = new byte[19];
        "OpusHead\u0001\u0001"u8.CopyTo(head);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(10), (ushort)preSkip);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(12), inputRate);
        return head;
    }

    // Section 5.2: a vendor string, and no comments.
    private static byte[] Tags() => [.. "OpusTags"u8, 11, 0, 0, 0, .. "VoiceWorker"u8, 0, 0, 0, 0];
}
