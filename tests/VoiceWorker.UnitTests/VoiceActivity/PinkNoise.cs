namespace VoiceWorker.UnitTests.VoiceActivity;

/// <summary>Noise that has as much of each octave, as rain, fans and traffic have.</summary>
internal static class PinkNoise
{
    /// <summary>Makes it from white noise by Paul Kellet's economy filter (musicdsp.org, 76).</summary>
    /// <param name="length">Samples.</param>
    /// <param name="level">Its root mean square.</param>
    /// <param name="seed">The same seed makes the same noise.</param>
    public static float[] Make(int length, float level, int seed)
    {
        var random = new Random(seed);
        var noise = new double[length];
        var (low, middle, high) = (0.0, 0.0, 0.0);
        for (var n = 0; n < length; n++)
        {
            var white = (random.NextDouble() * 2) - 1;
            low = (0.99765 * low) + (white * 0.0990460);
            middle = (0.96300 * middle) + (white * 0.2965164);
            high = (0.57000 * high) + (white * 1.0526913);
            noise[n] = low + middle + high + (white * 0.1848);
        }

        var scale = level / Math.Sqrt(noise.Average(sample => sample * sample));
        return [.. noise.Select(sample => (float)(sample * scale))];
    }
}
