using System.Buffers.Binary;

namespace VoiceWorker.Audio.Mp4;

/// <summary>
/// Puts an MP4 file's index (<c>moov</c>) in front of its media data (<c>mdat</c>). Phones write it last, and a pipe
/// cannot be read backwards. Done here rather than with a seekable file, so that ffmpeg needs neither a file nor any
/// protocol but <c>pipe</c>.
/// </summary>
internal static class Mp4FastStart
{
    private static readonly uint Moov = Mp4Box.Name("moov"u8);
    private static readonly uint Mdat = Mp4Box.Name("mdat"u8);
    private static readonly uint ChunkOffsets = Mp4Box.Name("stco"u8);
    private static readonly uint LongChunkOffsets = Mp4Box.Name("co64"u8);
    private static readonly uint[] Path =
        [Mp4Box.Name("trak"u8), Mp4Box.Name("mdia"u8), Mp4Box.Name("minf"u8), Mp4Box.Name("stbl"u8)];

    /// <summary>The file's parts in the order in which they can be streamed.</summary>
    /// <returns>The file as it is when its index comes first already, or when it is damaged: ffmpeg says how.</returns>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Arrange(ReadOnlyMemory<byte> file)
    {
        if (FindMisplaced(file.Span) is not var (mdatStart, moov))
            return [file];

        var index = file[moov.Start..moov.End].ToArray();
        Shift(new Mp4Box(Moov, 0, moov.HeaderLength, index.Length).Content(index), 0, mdatStart, moov);
        return [file[..mdatStart], index, file[mdatStart..moov.Start], file[moov.End..]];
    }

    private static (int MdatStart, Mp4Box Moov)? FindMisplaced(ReadOnlySpan<byte> file)
    {
        int? mdatStart = null;
        for (var position = 0; position < file.Length;)
        {
            if (Mp4Box.Read(file, position) is not { } box)
                return null;
            if (box.Type == Moov)
                return mdatStart is { } start ? (start, box) : null;
            if (box.Type == Mdat)
                mdatStart ??= box.Start;
            position = box.End;
        }

        return null;
    }

    // Chunk offsets count from the start of the file; what lies between mdat and moov moves up by moov's length.
    private static void Shift(Span<byte> boxes, int depth, int mdatStart, Mp4Box moov)
    {
        for (var position = 0; Mp4Box.Read(boxes, position) is { } box; position = box.End)
        {
            var content = box.Content(boxes);
            if (depth < Path.Length && box.Type == Path[depth])
                Shift(content, depth + 1, mdatStart, moov);
            else if (depth == Path.Length && box.Type == ChunkOffsets)
                ShiftTable(content, sizeof(uint), mdatStart, moov);
            else if (depth == Path.Length && box.Type == LongChunkOffsets)
                ShiftTable(content, sizeof(ulong), mdatStart, moov);
        }
    }

    // Section 8.7.5: version and flags, a count, the offsets.
    private static void ShiftTable(Span<byte> table, int width, int mdatStart, Mp4Box moov)
    {
        const int header = 8;
        if (table.Length < header)
            return;

        var count = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(table[4..]), (uint)((table.Length - header) / width));
        for (var i = 0; i < count; i++)
        {
            var entry = table.Slice(header + i * width, width);
            var offset = width == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(entry) : BinaryPrimitives.ReadUInt64BigEndian(entry);
            if (offset < (ulong)mdatStart || offset >= (ulong)moov.Start)
                continue;
            offset += (ulong)moov.Length;
            if (width == sizeof(uint))
                BinaryPrimitives.WriteUInt32BigEndian(entry, (uint)offset);
            else
                BinaryPrimitives.WriteUInt64BigEndian(entry, offset);
        }
    }
}
