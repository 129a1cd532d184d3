namespace VoiceWorker.Engines.Audio.Resampling;

/// <summary>
/// The Kaiser window and its design rules (J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window
/// function", 1974; also Oppenheim and Schafer, Discrete-Time Signal Processing, section 7.6).
/// </summary>
internal static class KaiserWindow
{
    /// <summary>The shape parameter for a stop-band attenuation above 50 dB.</summary>
    public static double Beta(double attenuationDb) => 0.1102 * (attenuationDb - 8.7);

    /// <summary>Width of the band between pass and stop, in cycles per sample, of a filter with so many taps.</summary>
    public static double Transition(double attenuationDb, double taps) => (attenuationDb - 7.95) / (14.36 * taps);

    /// <summary>The window at <paramref name="x"/>, which runs from -1 to 1.</summary>
    public static double At(double x, double beta) => Math.Abs(x) >= 1 ? 0 : Bessel(beta * Math.Sqrt(1 - x * x)) / Bessel(beta);

    // Modified Bessel function of the first kind and order zero, by its power series.
    private static double Bessel(double x)
    {
        double sum = 1, term = 1;
        for (var k = 1; term > sum * 1e-17; k++)
        {
            var factor = x / (2 * k);
            term *= factor * factor;
            sum += term;
        }

        return sum;
    }
}
