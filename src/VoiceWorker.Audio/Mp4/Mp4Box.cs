using System.Buffers.Binary;

namespace VoiceWorker.Audio.Mp4;

/// <summary>One box of an ISO base media file (ISO/IEC 14496-12, section 4.2).</summary>
/// <param name="Type">Its four-character name, big endian.</param>
/// <param name="Start">Where its header starts, in the bytes that were searched.</param>
/// <param name="HeaderLength">8, or 16 when the size takes 64 bits.</param>
/// <param name="Length">Header and content.</param>
internal readonly record struct Mp4Box(uint Type, int Start, int HeaderLength, int Length)
{
    private const int ShortHeader = 8;
    private const int LongHeader = 16;

    // What a file may begin with; QuickTime's need no ftyp, and a fragment of a stream has styp instead.
    private static readonly uint[] FirstTypes =
    [
        Name("ftyp"u8), Name("styp"u8), Name("moov"u8), Name("mdat"u8), Name("wide"u8), Name("free"u8), Name("skip"u8), Name("pnot"u8), Name("uuid"u8),
    ];

    /// <summary>The first byte behind the box.</summary>
    public int End => Start + Length;

    /// <summary>The box's content.</summary>
    public Span<byte> Content(Span<byte> bytes) => bytes[(Start + HeaderLength)..End];

    /// <summary>A four-character name as it stands in <see cref="Type"/>.</summary>
    public static uint Name(ReadOnlySpan<byte> name) => BinaryPrimitives.ReadUInt32BigEndian(name);

    /// <summary>Whether a file starts with the name of a box that can be first.</summary>
    public static bool IsNamed(ReadOnlySpan<byte> beginning) => beginning.Length >= ShortHeader && FirstTypes.Contains(Name(beginning[4..]));

    /// <summary>Whether a file starts with a box that can be first; but for the one that exists to be it, of a size that makes sense.</summary>
    public static bool IsFirst(ReadOnlySpan<byte> file) => IsNamed(file) && (Name(file[4..]) == FirstTypes[0] || Read(file, 0) is not null);

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
