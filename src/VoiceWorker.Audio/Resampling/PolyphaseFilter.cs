namespace VoiceWorker.Audio.Resampling;

/// <summary>
/// A windowed-sinc low-pass filter, cut into one short filter per position that an output sample can have between two
/// input samples (Crochiere and Rabiner, Multirate Digital Signal Processing, chapter 4).
/// </summary>
internal sealed class PolyphaseFilter
{
    // 48 zero crossings to a side leave 836 Hz (at 16 kHz) between pass band and stop band.
    private const int ZeroCrossings = 48;
    private static readonly KaiserWindow Window = new(attenuationDb: 80);

    // Above this many positions neighbours are interpolated: the error of that stays near -106 dB, and the table of
    // an odd rate such as 44,101 Hz does not take megabytes.
    private const int MaxExactPhases = 1_024;
    private const int InterpolatedPhases = 512;

    private readonly float[] _coefficients;

    private PolyphaseFilter(int sourceRate, int targetRate)
    {
        var divisor = GreatestCommonDivisor(sourceRate, targetRate);
        (Step, Period) = (sourceRate / divisor, targetRate / divisor);
        IsExact = Period <= MaxExactPhases;
        Phases = IsExact ? Period : InterpolatedPhases;

        var scale = Math.Min(1.0, (double)targetRate / sourceRate);
        HalfTaps = (int)Math.Ceiling(ZeroCrossings / scale);
        _coefficients = new float[(Phases + 1) * Taps];
        for (var phase = 0; phase <= Phases; phase++)
            Fill(_coefficients.AsSpan(phase * Taps, Taps), (double)phase / Phases, scale);
    }

    /// <summary>Output sample n lies at input position n * <see cref="Step"/> / <see cref="Period"/>.</summary>
    public int Step { get; }

    /// <summary>See <see cref="Step"/>.</summary>
    public int Period { get; }

    /// <summary>Whether there is a filter for every position that occurs.</summary>
    public bool IsExact { get; }

    /// <summary>Positions between two input samples that have a filter.</summary>
    public int Phases { get; }

    /// <summary>Input samples to the left of a position, and to its right, that go into an output sample.</summary>
    public int HalfTaps { get; }

    /// <summary>Input samples that go into an output sample.</summary>
    public int Taps => 2 * HalfTaps;

    /// <summary>Designs a filter.</summary>
    /// <param name="sourceRate">Input, in Hz.</param>
    /// <param name="targetRate">Output, in Hz.</param>
    public static PolyphaseFilter Create(int sourceRate, int targetRate) => new(sourceRate, targetRate);

    /// <summary>The filter of a position, from 0 to <see cref="Phases"/>; the last one is the first, one sample on.</summary>
    public ReadOnlySpan<float> Phase(int phase) => _coefficients.AsSpan(phase * Taps, Taps);

    private void Fill(Span<float> filter, double fraction, double scale)
    {
        // The stop band starts at half the lower rate, so that nothing folds back.
        var cutoff = 0.5 - Window.Transition(2 * ZeroCrossings) / 2;
        var values = new double[filter.Length];
        double sum = 0;
        for (var k = 0; k < values.Length; k++)
        {
            var x = (fraction + HalfTaps - 1 - k) * scale;
            values[k] = Sinc(2 * cutoff * x) * Window.At(x / ZeroCrossings);
            sum += values[k];
        }

        // A constant must come out as the same constant at every position, or its ripple is heard as a tone.
        for (var k = 0; k < values.Length; k++)
            filter[k] = (float)(values[k] / sum);
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
