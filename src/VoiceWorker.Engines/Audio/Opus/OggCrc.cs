namespace VoiceWorker.Engines.Audio.Opus;

/// <summary>The checksum of an Ogg page: polynomial 0x04C11DB7, no reflection, start and end value 0 (RFC 3533, section 6).</summary>
internal static class OggCrc
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Entry((uint)i))];

    /// <summary>The checksum of a page whose own checksum field is 0.</summary>
    public static uint Of(ReadOnlySpan<byte> page)
    {
        var crc = 0u;
        foreach (var b in page)
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
