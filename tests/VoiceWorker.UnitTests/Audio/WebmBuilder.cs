using System.Buffers.Binary;
using VoiceWorker.Audio.Opus;

namespace VoiceWorker.UnitTests.Audio;

/// <summary>Writes Opus in WebM, right or wrong in any field.</summary>
internal sealed record WebmBuilder
{
    public byte[][] Packets { get; init; } = [];

    public byte[] Head { get; init; } = new OggOpusBuilder().Head;

    public string Codec { get; init; } = "A_OPUS";

    /// <summary>Whether segment and clusters have sizes; a recorder's do not.</summary>
    public bool HasSizes { get; init; }

    /// <summary>Whether each packet has a group of its own.</summary>
    public bool UsesGroups { get; init; }

    /// <summary>Of the last packet, in nanoseconds; needs groups.</summary>
    public long DiscardPadding { get; init; }

    public byte BlockFlags { get; init; } = 0x80;

    public byte BlockTrack { get; init; } = 1;

    /// <summary>Elements added to the track.</summary>
    public byte[] InTrack { get; init; } = [];

    /// <summary>Elements behind the track.</summary>
    public byte[] InTracks { get; init; } = [];

    /// <summary>Elements in front of each cluster.</summary>
    public byte[] BeforeCluster { get; init; } = [];

    public static byte[] Track(byte number, string codec, byte[] head, params byte[] more) => Element(
        WebmElements.TrackEntry,
        Element(WebmElements.TrackNumber, number),
        Element(0x83, 2),
        Element(WebmElements.CodecId, System.Text.Encoding.ASCII.GetBytes(codec)),
        Element(WebmElements.CodecPrivate, head),
        more);

    public static byte[] Element(ulong id, params byte[][] parts) => Sized(id, (ulong)parts.Sum(part => part.Length), parts);

    public static byte[] Element(ulong id, byte value) => Element(id, [value]);

    /// <summary>An element that claims some size, in eight bytes; one less than 2^56 stands for an unknown one.</summary>
    public static byte[] Sized(ulong id, ulong size, params byte[][] parts)
    {
        var number = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(number, id);
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(length, size | 1UL << 56);
        return [.. number.SkipWhile(b => b == 0), .. length, .. parts.SelectMany(part => part)];
    }

    public byte[] Build()
    {
        var clusters = Packets.Chunk(25).SelectMany((chunk, index) =>
        {
            var isLast = index == (Packets.Length - 1) / 25;
            return (byte[])[.. BeforeCluster, .. Master(WebmElements.Cluster, [Element(0xE7, 0), .. chunk.Select((packet, i) => Block(packet, isLast && i == chunk.Length - 1))])];
        });
        return
        [
            .. Element(WebmElements.Ebml, Element(0x4282, "webm"u8.ToArray())),
            .. Master(WebmElements.Segment, [Element(WebmElements.Tracks, Track(1, Codec, Head, InTrack), InTracks), [.. clusters]]),
        ];
    }

    private byte[] Master(ulong id, byte[][] parts) => HasSizes ? Element(id, parts) : Sized(id, (1UL << 56) - 1, parts);

    private byte[] Block(byte[] packet, bool isLast)
    {
        byte[] body = [(byte)(0x80 | BlockTrack), 0, 0, BlockFlags, .. packet];
        if (!UsesGroups)
            return Element(WebmElements.SimpleBlock, body);

        var padding = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(padding, DiscardPadding);
        return Element(WebmElements.BlockGroup, Element(WebmElements.Block, body), isLast && DiscardPadding != 0 ? Element(WebmElements.DiscardPadding, padding) : []);
    }
}
