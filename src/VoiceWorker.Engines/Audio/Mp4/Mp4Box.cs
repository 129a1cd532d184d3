using System.Buffers.Binary;

namespace VoiceWorker.Engines.Audio.Mp4;

/// <summary>One box of an ISO base media file (ISO/IEC 14496-12, section 4.2).</summary>
/// <param name="Type">Its four-character name, big endian.</param>
/// <param name="Start">Where its header starts, in the bytes that were searched.</param>
/// <param name="HeaderLength">8, or 16 when the size takes 64 bits.</param>
/// <param name="Length">Header and content.</param>
internal readonly record struct Mp4Box(uint Type, int Start, int HeaderLength, int Length)
{
    private const int ShortHeader = 8;
    private const int LongHeader = 16;

    /// <summary>The first byte behind the box.</summary>
    public int End => Start + Length;

    /// <summary>The box's content.</summary>
    public Span<byte> Content(Span<byte> bytes) => bytes[(Start + HeaderLength)..End];

    /// <summary>A four-character name as it stands in <see cref="Type"/>.</summary>
    public static uint Name(ReadOnlySpan<byte> name) => BinaryPrimitives.ReadUInt32BigEndian(name);

    /// <summary>Reads the box that starts at a position; null when it is damaged or reaches beyond the end.</summary>
    public static Mp4Box? Read(ReadOnlySpan<byte> bytes, int start)
    {
        var rest = bytes[start..];
        if (rest.Length < ShortHeader)
            return null;

        ulong length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        var header = ShortHeader;
        if (length == 1)
        {
            if (rest.Length < LongHeader)
                return null;
            length = BinaryPrimitives.ReadUInt64BigEndian(rest[ShortHeader..]);
            header = LongHeader;
        }
        else if (length == 0)
        {
            length = (ulong)rest.Length; // to the end of the file
        }

        return length >= (ulong)header && length <= (ulong)rest.Length
            ? new Mp4Box(Name(rest[4..]), start, header, (int)length)
            : null;
    }
}
