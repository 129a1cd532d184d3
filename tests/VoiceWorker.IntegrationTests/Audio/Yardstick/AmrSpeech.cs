namespace VoiceWorker.IntegrationTests.Audio.Yardstick;

/// <summary>AMR files, which ffmpeg reads but does not write: frames of chance bits, each of which is a sound (RFC 4867, section 5).</summary>
internal static class AmrSpeech
{
    private const int Frames = 50;

    // Bytes of a frame of each mode; the last ones are of comfort noise.
    private static readonly int[] Narrow = [12, 13, 15, 17, 19, 20, 26, 31, 5];
    private static readonly int[] Wide = [17, 23, 32, 36, 40, 46, 50, 58, 60, 5];

    /// <summary>One second.</summary>
    public static byte[] Make(Random random, bool isWide)
    {
        List<byte> file = [.. isWide ? "#!AMR-WB\n"u8 : "#!AMR\n"u8];
        for (var frame = 0; frame < Frames; frame++)
        {
            const int isGood = 4;
            var sizes = isWide ? Wide : Narrow;
            var mode = random.Next(sizes.Length);
            var bits = new byte[sizes[mode]];
            random.NextBytes(bits);
            file.AddRange([(byte)(mode << 3 | isGood), .. bits]);
        }

        return [.. file];
    }
}
