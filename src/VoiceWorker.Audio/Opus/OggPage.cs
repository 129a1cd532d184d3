using System.Buffers.Binary;

namespace VoiceWorker.Audio.Opus;

/// <summary>A page of an Ogg file: a header, the lengths of the pieces of packets in it, and these pieces (RFC 3533, section 6).</summary>
internal readonly ref struct OggPage
{
    /// <summary>Bytes in front of the table of lengths, whose own length is the last of them.</summary>
    public const int HeaderBytes = 27;

    /// <summary>A piece of this length is not the last one of its packet.</summary>
    public const byte FullSegment = 255;

    /// <summary>Flag: the first piece goes on with the packet that the page before left unfinished.</summary>
    public const byte Continued = 1;

    /// <summary>Flag: the first page of its stream.</summary>
    public const byte First = 2;

    /// <summary>Flag: the last page of its stream.</summary>
    public const byte Last = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private OggPage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The bytes it takes up.</summary>
    public int Length => _bytes.Length;

    /// <summary><see cref="Continued"/>, <see cref="First"/>, <see cref="Last"/>.</summary>
    public byte Flags => _bytes[5];

    /// <summary>The granule position: for Opus, samples at 48 kHz up to the end of the last packet that ends on this page.</summary>
    public long Position => BinaryPrimitives.ReadInt64LittleEndian(_bytes[6..]);

    /// <summary>The stream it belongs to.</summary>
    public uint Serial => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[14..]);

    /// <summary>Its number in the stream.</summary>
    public uint Sequence => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[18..]);

    /// <summary>The lengths of the pieces.</summary>
    public ReadOnlySpan<byte> Segments => _bytes.Slice(HeaderBytes, _bytes[HeaderBytes - 1]);

    /// <summary>The pieces, one behind the other.</summary>
    public ReadOnlySpan<byte> Body => _bytes[(HeaderBytes + _bytes[HeaderBytes - 1])..];

    /// <summary>Reads the page that a file's rest starts with.</summary>
    /// <returns>False when there is none, or not all of it, or its checksum is wrong.</returns>
    public static bool TryRead(ReadOnlySpan<byte> file, out OggPage page)
    {
        page = default;
        if (file.Length < HeaderBytes || !file.StartsWith("OggS\0"u8))
            return false;

        var length = HeaderBytes + file[HeaderBytes - 1];
        if (file.Length < length)
            return false;

        foreach (var segment in file[HeaderBytes..length])
            length += segment;
        if (file.Length < length || OggCrc.Of(file[..length]) != BinaryPrimitives.ReadUInt32LittleEndian(file[OggCrc.Offset..]))
            return false;

        page = new OggPage(file[..length]);
        return true;
    }
}
