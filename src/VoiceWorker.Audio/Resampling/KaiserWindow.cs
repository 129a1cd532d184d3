namespace VoiceWorker.Audio.Resampling;

/// <summary>
/// The Kaiser window and its design rules (J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window
/// function", 1974; also Oppenheim and Schafer, Discrete-Time Signal Processing, section 7.6).
/// </summary>
/// <param name="attenuationDb">How far the stop band is to lie below the pass band; above 50 dB.</param>
internal sealed class KaiserWindow(double attenuationDb)
{
    private readonly double _beta = 0.1102 * (attenuationDb - 8.7);
    private readonly double _peak = Bessel(0.1102 * (attenuationDb - 8.7));

    /// <summary>Width of the band between pass and stop, in cycles per sample, of a filter with so many taps.</summary>
    public double Transition(double taps) => (attenuationDb - 7.95) / (14.36 * taps);

    /// <summary>The window at <paramref name="x"/>, which runs from -1 to 1.</summary>
    public double At(double x) => Math.Abs(x) >= 1 ? 0 : Bessel(_beta * Math.Sqrt(1 - x * x)) / _peak;

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
