namespace VoiceWorker.Audio.Opus;

/// <summary>The checksum of an Ogg page: polynomial 0x04C11DB7, no reflection, start and end value 0 (RFC 3533, section 6).</summary>
internal static class OggCrc
{
    /// <summary>Where a page keeps its checksum, in bytes from its start.</summary>
    public const int Offset = 22;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Entry((uint)i))];

    /// <summary>The checksum of a page, whose own checksum field counts as 0 whatever it holds.</summary>
    public static uint Of(ReadOnlySpan<byte> page) =>
        Append(Append(Append(0, page[..Offset]), [0, 0, 0, 0]), page[(Offset + sizeof(uint))..]);

    private static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
            crc = crc << 8 ^ Table[crc >> 24 ^ b];
        return crc;
    }

    private static uint Entry(uint index)
    {
        var crc = index << 24;
        for (var bit = 0; bit < 8; bit++)
            crc = (crc & 0x8000_0000) != 0 ? crc << 1 ^ 0x04C1_1DB7 : crc << 1;
        return crc;
    }
}
