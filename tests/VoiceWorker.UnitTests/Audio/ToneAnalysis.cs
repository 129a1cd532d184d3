namespace VoiceWorker.UnitTests.Audio;

/// <summary>Splits a signal into one tone and everything else, by least squares.</summary>
internal sealed record ToneAnalysis(double Amplitude, double ResidualRms)
{
    public static ToneAnalysis Of(ReadOnlySpan<float> samples, double frequency, int sampleRate)
    {
        double ss = 0, cc = 0, sc = 0, xs = 0, xc = 0;
        var omega = 2 * Math.PI * frequency / sampleRate;
        for (var i = 0; i < samples.Length; i++)
        {
            var (s, c) = Math.SinCos(omega * i);
            ss += s * s;
            cc += c * c;
            sc += s * c;
            xs += samples[i] * s;
            xc += samples[i] * c;
        }

        var determinant = ss * cc - sc * sc;
        var a = (xs * cc - xc * sc) / determinant;
        var b = (xc * ss - xs * sc) / determinant;
        double residual = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var (s, c) = Math.SinCos(omega * i);
            residual += Math.Pow(samples[i] - a * s - b * c, 2);
        }

        return new ToneAnalysis(Math.Sqrt(a * a + b * b), Math.Sqrt(residual / samples.Length));
    }

    public static double Rms(ReadOnlySpan<float> samples)
    {
        double sum = 0;
        foreach (var sample in samples)
            sum += (double)sample * sample;
        return Math.Sqrt(sum / samples.Length);
    }

    public static double Decibels(double ratio) => 20 * Math.Log10(Math.Max(ratio, 1e-12));
}
