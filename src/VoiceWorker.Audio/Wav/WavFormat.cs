using System.Buffers.Binary;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Audio.Wav;

/// <summary>A <c>fmt </c> chunk: WAVEFORMAT, WAVEFORMATEX or WAVEFORMATEXTENSIBLE (mmreg.h).</summary>
/// <param name="Encoding">How samples are written.</param>
/// <param name="SampleRate">Frames a second, in Hz; not yet checked.</param>
/// <param name="Channels">Samples in a frame, at least one.</param>
/// <param name="SampleBytes">Bytes of one sample; 0 for other encodings.</param>
internal sealed record WavFormat(WavEncoding Encoding, int SampleRate, int Channels, int SampleBytes)
{
    private const int Shortest = 14;
    private const int Extensible = 0xFFFE;
    private const int ExtensibleBytes = 40;

    // Of the GUID that extends a format the first four bytes are the old tag.
    private static ReadOnlySpan<byte> WaveGuidTail => [0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    private static ReadOnlySpan<byte> AmbisonicGuidTail => [0x21, 0x07, 0xD3, 0x11, 0x86, 0x44, 0xC8, 0xC1, 0xCA, 0, 0, 0];

    /// <summary>Reads a chunk's body.</summary>
    /// <exception cref="EngineException">Its fields contradict each other.</exception>
    public static WavFormat Parse(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < Shortest)
            throw WavParser.Damaged($"its format chunk has {chunk.Length} bytes instead of 16 or more");

        // The oldest format has no bits: 8 are meant.
        var bits = chunk.Length > Shortest + 1 ? BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]) : (ushort)8;
        var channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        var byteRate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[8..]);
        var frameBytes = BinaryPrimitives.ReadUInt16LittleEndian(chunk[12..]);
        if (channels == 0)
            throw WavParser.Damaged("it has 0 channels");

        var encoding = Tag(chunk, bits) switch
        {
            1 => WavEncoding.Pcm,
            3 => WavEncoding.IeeeFloat,
            6 => WavEncoding.ALaw,
            7 => WavEncoding.MuLaw,
            _ => WavEncoding.Other,
        };
        var size = encoding is WavEncoding.ALaw or WavEncoding.MuLaw ? 1 : SampleSize(bits, frameBytes, channels, isConfirmed: byteRate == (ulong)rate * frameBytes);
        return (encoding, size) switch
        {
            // 64-bit integers, too, are left to ffmpeg.
            (WavEncoding.Other, _) or (WavEncoding.Pcm, 8) => new WavFormat(WavEncoding.Other, 0, channels, 0),
            (WavEncoding.Pcm, >= 1 and <= 4) or (WavEncoding.IeeeFloat, 4 or 8) or (WavEncoding.ALaw or WavEncoding.MuLaw, _) =>
                new WavFormat(encoding, (int)Math.Min(rate, int.MaxValue), channels, size),
            _ => throw WavParser.Damaged($"{bits} bits a sample in {frameBytes} bytes for {channels} channels is no known layout"),
        };
    }

    private static int Tag(ReadOnlySpan<byte> chunk, int bits)
    {
        var tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        if (tag != Extensible)
            return tag;
        if (chunk.Length < ExtensibleBytes)
            return bits <= 24 ? 1 : 0; // Integers or floats: with 32 bits nobody knows.

        var tail = chunk[28..ExtensibleBytes];
        return tail.SequenceEqual(WaveGuidTail) || tail.SequenceEqual(AmbisonicGuidTail) ? (int)BinaryPrimitives.ReadUInt32LittleEndian(chunk[24..]) : 0;
    }

    // 20 bits travel in 3 bytes and 24 at times in 4, at their upper end. But some recorders write a wrong size of a frame,
    // so one that is larger than it need be must agree with the bytes a second, unless nothing else tells the size.
    private static int SampleSize(int bits, int frameBytes, int channels, bool isConfirmed)
    {
        var size = (bits + 7) / 8;
        return (isConfirmed || bits == 0) && frameBytes % channels == 0 ? Math.Max(size, frameBytes / channels) : size;
    }
}
