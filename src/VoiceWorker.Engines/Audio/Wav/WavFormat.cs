using System.Buffers.Binary;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Engines.Audio.Wav;

/// <summary>A <c>fmt </c> chunk: WAVEFORMAT, WAVEFORMATEX or WAVEFORMATEXTENSIBLE (mmreg.h).</summary>
/// <param name="Encoding">How samples are written.</param>
/// <param name="SampleRate">Frames a second, in Hz; not yet checked.</param>
/// <param name="Channels">Samples in a frame, at least one.</param>
/// <param name="SampleBytes">Bytes of one sample; 0 when compressed.</param>
internal sealed record WavFormat(WavEncoding Encoding, int SampleRate, int Channels, int SampleBytes)
{
    private const int Extensible = 0xFFFE;

    /// <summary>Reads a chunk's body.</summary>
    /// <exception cref="EngineException">Its fields contradict each other.</exception>
    public static WavFormat Parse(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length < 16)
            throw WavParser.Damaged($"its format chunk has {chunk.Length} bytes instead of 16 or more");

        var tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        var channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        var frameBytes = BinaryPrimitives.ReadUInt16LittleEndian(chunk[12..]);
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
        if (tag == Extensible)
            tag = SubFormat(chunk);
        if (channels == 0)
            throw WavParser.Damaged("it has 0 channels");

        var encoding = tag switch
        {
            1 => WavEncoding.Pcm,
            3 => WavEncoding.Float,
            6 => WavEncoding.ALaw,
            7 => WavEncoding.MuLaw,
            _ => WavEncoding.Compressed,
        };
        var bytes = encoding == WavEncoding.Compressed ? 0 : SampleSize(encoding, bits, frameBytes, channels);
        return new WavFormat(encoding, (int)Math.Min(rate, int.MaxValue), channels, bytes);
    }

    // The first two bytes of the GUID are the old tag; the rest is the same in all of Microsoft's.
    private static ushort SubFormat(ReadOnlySpan<byte> chunk) =>
        chunk.Length >= 40 && chunk[26..40].SequenceEqual(WaveGuidTail)
            ? BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..])
            : throw WavParser.Damaged("its extended format is not one of Microsoft's");

    private static ReadOnlySpan<byte> WaveGuidTail => [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    // 20 bits travel in 3 bytes and 24 at times in 4, at their upper end: what counts is the room a sample takes.
    private static int SampleSize(WavEncoding encoding, int bits, int frameBytes, int channels)
    {
        var size = (bits + 7) / 8;
        if (frameBytes % channels == 0 && frameBytes / channels > size)
            size = frameBytes / channels;

        var valid = encoding switch
        {
            WavEncoding.Pcm => size is >= 1 and <= 4 && bits > 0,
            WavEncoding.Float => size is 4 or 8 && bits is 32 or 64,
            _ => size == 1,
        };
        return valid ? size : throw WavParser.Damaged($"{bits} bits a sample in {frameBytes} bytes for {channels} channels is no known layout");
    }
}
