namespace VoiceWorker.Audio.Wav;

/// <summary>ITU-T G.711 decoding tables, full scale 1.</summary>
internal static class G711
{
    /// <summary>A-law: 8 bits to 13.</summary>
    public static readonly float[] ALaw = Table(DecodeALaw);

    /// <summary>µ-law: 8 bits to 14.</summary>
    public static readonly float[] MuLaw = Table(DecodeMuLaw);

    private static float[] Table(Func<int, int> decode)
    {
        var table = new float[256];
        for (var i = 0; i < table.Length; i++)
            table[i] = decode(i) / 32_768f;
        return table;
    }

    // Every other bit is sent inverted.
    private static int DecodeALaw(int code)
    {
        code ^= 0x55;
        var exponent = code >> 4 & 7;
        var mantissa = (code & 15) << 4;
        var magnitude = exponent == 0 ? mantissa + 8 : mantissa + 0x108 << exponent - 1;
        return (code & 0x80) != 0 ? magnitude : -magnitude;
    }

    // All bits are sent inverted; a bias of 33 (132 at 16 bits) keeps segments apart.
    private static int DecodeMuLaw(int code)
    {
        code = ~code;
        var magnitude = (((code & 15) << 3) + 0x84 << (code >> 4 & 7)) - 0x84;
        return (code & 0x80) != 0 ? -magnitude : magnitude;
    }
}
