using System.Buffers.Binary;

namespace VoiceWorker.Audio.Sniffing;

/// <summary>The tag in front of MP3 files (ID3 version 2, id3v2.4.0-structure, section 3).</summary>
internal static class Id3Tag
{
    /// <summary>Version, flags and size, behind the name.</summary>
    public const int HeaderBytes = 10;

    private const byte HasFooter = 0x10;

    /// <summary>Bytes of the tag that a file begins with, as it says itself; null when there is none.</summary>
    public static int? Length(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderBytes || !file.StartsWith("ID3"u8))
            return null;

        // Seven bits in each byte. A writer that does not know that leaves a wrong size.
        var size = BinaryPrimitives.ReadUInt32BigEndian(file[6..]);
        var length = (size & 0x7F000000) >> 3 | (size & 0x7F0000) >> 2 | (size & 0x7F00) >> 1 | size & 0x7F;
        return HeaderBytes + (int)length + ((file[5] & HasFooter) != 0 ? HeaderBytes : 0);
    }
}
