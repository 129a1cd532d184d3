using System.Buffers.Binary;

namespace VoiceWorker.Audio.Wav;

/// <summary>
/// Finds format and samples among the chunks of RIFF/WAVE (Multimedia Programming Interface and Data Specifications
/// 1.0), of RIFX, the same in big endian, RF64 and BW64 (ITU-R BS.2088). A size is a hint: streams are written before their length is known, and some
/// recorders never set it, or forget the byte that pads an odd one.
/// </summary>
internal ref struct WavChunks
{
    private const int FileHeader = 12;
    private const int ChunkHeader = 8;
    private const uint UnknownSize = 0xFFFF_FFFF;

    private readonly ReadOnlySpan<byte> _file;
    private ulong _longDataSize;

    /// <summary>Walks through a file.</summary>
    /// <param name="file">The whole of it.</param>
    public WavChunks(ReadOnlySpan<byte> file)
    {
        _file = file;
        IsBigEndian = file.StartsWith("RIFX"u8);
        for (long position = FileHeader; position + ChunkHeader <= file.Length;)
            position = Read((int)position);

        // A chunk with a wrong size hides those behind it.
        if (Format.IsEmpty && file.IndexOf("fmt "u8) is var format and >= 0 && format + ChunkHeader <= file.Length)
            Read(format);
        if (Data is null && !Format.IsEmpty && FindData() is var data and >= 0)
            Read(data);
    }

    /// <summary>The body of the <c>fmt </c> chunk; empty when there is none.</summary>
    public ReadOnlySpan<byte> Format { get; private set; }

    /// <summary>Where the samples lie; null when there is no <c>data</c> chunk.</summary>
    public Range? Data { get; private set; }

    /// <summary>Whether all numbers are in big endian.</summary>
    public bool IsBigEndian { get; }

    /// <summary>Whether there are several <c>data</c> chunks.</summary>
    public bool IsSplit { get; private set; }

    // Returns where the next chunk is.
    private long Read(int position)
    {
        var name = _file.Slice(position, 4);
        long size = Size(_file[(position + 4)..]);
        var start = position + ChunkHeader;
        var rest = _file[start..];
        if (name.SequenceEqual("data"u8))
        {
            size = DataSize((uint)size, rest);
            IsSplit = Data is not null;
            Data ??= start..(start + (int)size);
        }
        else if (name.SequenceEqual("fmt "u8) && Format.IsEmpty)
        {
            Format = rest[..(int)Math.Min(size, rest.Length)];
        }
        else if (name.SequenceEqual("ds64"u8) && rest.Length >= 2 * sizeof(ulong))
        {
            _longDataSize = BinaryPrimitives.ReadUInt64LittleEndian(rest[sizeof(ulong)..]);
        }

        var end = start + size;
        var padded = end + (size & 1);
        return padded > end && !IsChunk(padded) && IsChunk(end) ? end : padded;
    }

    private readonly int DataSize(uint size, ReadOnlySpan<byte> rest)
    {
        if (size == UnknownSize && _longDataSize > 0 && _longDataSize <= (ulong)rest.Length)
            return (int)_longDataSize;
        if (size > rest.Length)
            return rest.Length;

        // A recorder that was never closed leaves 0 here. Behind a chunk that is really empty there is nothing but chunks.
        return size > 0 || IsAllChunks(rest) ? (int)size : rest.Length;
    }

    private readonly int FindData()
    {
        _file.Overlaps(Format, out var format);
        var found = _file[format..].IndexOf("data"u8);
        return found >= 0 && format + found + ChunkHeader <= _file.Length ? format + found : -1;
    }

    private readonly bool IsChunk(long position) => position + ChunkHeader <= _file.Length && IsName(_file.Slice((int)position, 4));

    private readonly bool IsAllChunks(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= ChunkHeader && IsName(bytes[..4]))
        {
            long size = Size(bytes[4..]);
            if (size > bytes.Length - ChunkHeader)
                return false;
            bytes = bytes[(int)Math.Min(ChunkHeader + size + (size & 1), bytes.Length)..];
        }

        return bytes.IsEmpty;
    }

    private readonly uint Size(ReadOnlySpan<byte> bytes) =>
        IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static bool IsName(ReadOnlySpan<byte> name) => !name.ContainsAnyExceptInRange((byte)' ', (byte)'~');
}
