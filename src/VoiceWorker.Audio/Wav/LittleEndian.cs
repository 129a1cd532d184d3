namespace VoiceWorker.Audio.Wav;

/// <summary>Turns what a big-endian file (RIFX) has into what any other has.</summary>
internal static class LittleEndian
{
    // WAVEFORMATEXTENSIBLE (mmreg.h).
    private static readonly int[] FormatFields = [2, 2, 4, 4, 2, 2, 2, 2, 4, 4, 2, 2];

    /// <summary>The body of a <c>fmt </c> chunk.</summary>
    public static byte[] OfFormat(ReadOnlySpan<byte> chunk)
    {
        var turned = chunk.ToArray();
        var start = 0;
        foreach (var length in FormatFields)
        {
            if (start + length <= turned.Length)
                turned.AsSpan(start, length).Reverse();
            start += length;
        }

        return turned;
    }

    /// <summary>Samples, all of one size and whole.</summary>
    public static byte[] OfSamples(ReadOnlySpan<byte> samples, int size)
    {
        var turned = samples.ToArray();
        for (var start = 0; start < turned.Length; start += size)
            turned.AsSpan(start, size).Reverse();
        return turned;
    }
}
