using System.Buffers.Binary;
using Concentus.Structs;
using VoiceWorker.Audio.Opus;

namespace VoiceWorker.UnitTests.Audio;

/// <summary>Writes Opus in Ogg, right or wrong in any field.</summary>
internal sealed record OggOpusBuilder
{
    public byte[][] Packets { get; init; } = [];

    public ushort PreSkip { get; init; } = 312;

    public short Gain { get; init; }

    public byte Version { get; init; } = 1;

    public byte Channels { get; init; } = 1;

    public byte MappingFamily { get; init; }

    /// <summary>Bytes of the comment, a picture perhaps.</summary>
    public int CommentBytes { get; init; } = 16;

    /// <summary>Whether the audio begins on the comment's page.</summary>
    public bool IsAudioOnCommentPage { get; init; }

    /// <summary>Whether the comment, and with it the audio, begins on the header's page.</summary>
    public bool IsCommentOnHeadPage { get; init; }

    /// <summary>Pieces of packets on a page; few of them make packets go on from page to page.</summary>
    public int SegmentsOnPage { get; init; } = 60;

    public uint Serial { get; init; } = 7;

    /// <summary>Samples at 48 kHz that the last page's position lies short of its packets.</summary>
    public int EndTrim { get; init; }

    public bool IsEnded { get; init; } = true;

    public byte[] Head
    {
        get
        {
            byte[] head = [.. "OpusHead"u8, Version, Channels, 0, 0, 0x80, 0xBB, 0, 0, 0, 0, MappingFamily];
            BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(10), PreSkip);
            BinaryPrimitives.WriteInt16LittleEndian(head.AsSpan(16), Gain);
            return head;
        }
    }

    public byte[] Build()
    {
        var pages = new List<byte[]>();
        byte[] comment = [.. "OpusTags"u8, .. new byte[CommentBytes - 8]];
        // Where each packet begins, in samples at 48 kHz, and where the last one ends.
        var positions = new long[Packets.Length + 1];
        for (var i = 0; i < Packets.Length; i++)
            positions[i + 1] = positions[i] + Math.Max(0, OpusPacketInfo.GetNumSamples(Packets[i], 48_000));
        byte[][][] groups =
            IsCommentOnHeadPage ? [[Head, comment, .. Packets]]
            : IsAudioOnCommentPage ? [[Head], [comment, .. Packets]]
            : [[Head], [comment], Packets];
        var packetsBefore = -2;
        foreach (var group in groups.Where(group => group.Length > 0))
        {
            Add(pages, group, count => positions[Math.Max(0, packetsBefore + count)]);
            packetsBefore += group.Length;
        }

        pages[0][5] = OggPage.First;
        if (IsEnded)
        {
            pages[^1][5] |= OggPage.Last;
            BinaryPrimitives.WriteInt64LittleEndian(pages[^1].AsSpan(6), positions[^1] - EndTrim);
        }

        return Seal([.. pages.SelectMany(page => page)]);
    }

    /// <summary>Sets the checksums of all pages up to the first that is none.</summary>
    public static byte[] Seal(byte[] file)
    {
        for (var start = 0; start + OggPage.HeaderBytes <= file.Length;)
        {
            var table = Math.Min(file.Length, start + OggPage.HeaderBytes + file[start + OggPage.HeaderBytes - 1]);
            var end = table;
            foreach (var segment in file.AsSpan((start + OggPage.HeaderBytes)..table))
                end += segment;
            if (end > file.Length)
                break;
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(start + OggCrc.Offset), OggCrc.Of(file.AsSpan(start..end)));
            start = end;
        }

        return file;
    }

    private void Add(List<byte[]> pages, byte[][] packets, Func<int, long> position)
    {
        var segments = packets.SelectMany((packet, index) => packet.Chunk(255)
            .Concat(packet.Length % 255 == 0 ? [[]] : Array.Empty<byte[]>())
            .Select(piece => (Piece: piece, Packet: index))).ToArray();
        var open = false;
        foreach (var page in segments.Chunk(SegmentsOnPage))
        {
            var finished = page.Count(segment => segment.Piece.Length < 255);
            var completed = page[^1].Packet + (page[^1].Piece.Length < 255 ? 1 : 0);
            var header = new byte[OggPage.HeaderBytes];
            "OggS"u8.CopyTo(header);
            header[5] = open ? OggPage.Continued : (byte)0;
            BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(6), finished == 0 ? -1 : position(completed));
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(14), Serial);
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(18), pages.Count);
            header[^1] = (byte)page.Length;
            pages.Add([.. header, .. page.Select(segment => (byte)segment.Piece.Length), .. page.SelectMany(segment => segment.Piece)]);
            open = page[^1].Piece.Length == 255;
        }
    }
}
