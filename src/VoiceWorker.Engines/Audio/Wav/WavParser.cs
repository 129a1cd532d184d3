using System.Buffers.Binary;
using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Engines.Audio.Wav;

/// <summary>
/// Reads the chunks of RIFF/WAVE (Multimedia Programming Interface and Data Specifications 1.0), RF64 and BW64
/// (ITU-R BS.2088). Sizes are taken as hints: streams are written before their length is known.
/// </summary>
internal static class WavParser
{
    private const int FileHeader = 12;
    private const int ChunkHeader = 8;
    private const uint UnknownSize = 0xFFFF_FFFF;

    /// <summary>Finds format and samples.</summary>
    /// <param name="file">A whole file whose first twelve bytes have been recognised.</param>
    /// <exception cref="EngineException">The file has no usable format or no data.</exception>
    public static WavFile Parse(ReadOnlyMemory<byte> file)
    {
        WavFormat? format = null;
        long position = FileHeader;
        while (position + ChunkHeader <= file.Length)
        {
            var header = file.Span.Slice((int)position, ChunkHeader);
            var size = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
            var body = file[((int)position + ChunkHeader)..];
            if (header.StartsWith("data"u8))
                return WithData(format ?? throw Damaged("its data comes before its format"), body[..DataLength(file.Span, position, size)]);
            if (header.StartsWith("fmt "u8))
                format ??= WavFormat.Parse(body.Span[..(int)Math.Min(size, (uint)body.Length)]);

            position += ChunkHeader + size + (size & 1L);
        }

        throw Damaged(format is null ? "it has no format chunk" : "it has no data chunk");
    }

    /// <summary>The error for a file that cannot be read.</summary>
    public static EngineException Damaged(string why) =>
        EngineException.BadJob(ErrorCode.UnsupportedAudio, $"The WAV file is damaged: {why}.");

    private static int DataLength(ReadOnlySpan<byte> file, long chunk, uint size)
    {
        var start = chunk + ChunkHeader;
        var rest = (int)(file.Length - start);
        if (size == UnknownSize || size > rest)
            return rest;
        if (size > 0)
            return (int)size;

        // A recorder that was never closed leaves 0 here, and a file size that ends here or was never set. A file
        // that says it goes on behind an empty data chunk means it.
        var fileSize = BinaryPrimitives.ReadUInt32LittleEndian(file[4..]);
        return fileSize == UnknownSize || fileSize + ChunkHeader <= start ? rest : 0;
    }

    private static WavFile WithData(WavFormat format, ReadOnlyMemory<byte> data)
    {
        var whole = format.SampleBytes == 0 ? data.Length : data.Length - data.Length % (format.SampleBytes * format.Channels);
        return new WavFile(format.Encoding, format.SampleRate, format.Channels, format.SampleBytes, data[..whole]);
    }
}
