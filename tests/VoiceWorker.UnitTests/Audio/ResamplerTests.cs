using VoiceWorker.Audio.Resampling;

namespace VoiceWorker.UnitTests.Audio;

public sealed class ResamplerTests
{
    private const int Target = 16_000;
    private const double RequiredRejectionDb = 70;

    /// <summary>Exact ratios up and down, and one (44,101 Hz) whose filters are interpolated.</summary>
    public static TheoryData<int> Rates => [4_000, 8_000, 11_025, 22_050, 24_000, 32_000, 44_100, 44_101, 48_000, 96_000, 192_000];

    /// <summary>Rates that carry more than 16 kHz can.</summary>
    public static TheoryData<int> HigherRates => [22_050, 24_000, 32_000, 44_100, 44_101, 48_000, 96_000, 192_000];

    [Theory]
    [MemberData(nameof(Rates))]
    public void Resample_ToneInThePassBand_KeepsItsLevelWithin5HundredthsOfADecibel(int rate)
    {
        foreach (var frequency in PassBand(rate))
        {
            var tone = ToneAnalysis.Of(Interior(Resample(Tone(frequency, rate), rate)), frequency, Target);

            Assert.InRange(ToneAnalysis.Decibels(tone.Amplitude / 0.5), -0.05, 0.05);
        }
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Resample_ToneInThePassBand_AddsNothingElse(int rate)
    {
        foreach (var frequency in PassBand(rate))
        {
            var tone = ToneAnalysis.Of(Interior(Resample(Tone(frequency, rate), rate)), frequency, Target);

            Assert.InRange(ToneAnalysis.Decibels(tone.ResidualRms / Rms(0.5)), double.NegativeInfinity, -RequiredRejectionDb);
        }
    }

    [Theory]
    [MemberData(nameof(HigherRates))]
    public void Resample_ToneAboveTheNewNyquistFrequency_IsRejected(int rate)
    {
        for (var frequency = 8_000.0; frequency < rate / 2.0; frequency += (rate / 2.0 - 8_000) / 23)
        {
            var output = Interior(Resample(Tone(frequency, rate), rate));

            Assert.InRange(ToneAnalysis.Decibels(ToneAnalysis.Rms(output) / Rms(0.5)), double.NegativeInfinity, -RequiredRejectionDb);
        }
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Resample_Constant_StaysConstant(int rate)
    {
        var input = new float[rate];
        Array.Fill(input, 0.75f);

        foreach (var sample in Interior(Resample(input, rate)))
            Assert.Equal(0.75f, sample, 0.0001f);
    }

    [Fact]
    public void Resample_Impulse_StaysAtItsTime()
    {
        var input = new float[44_100];
        input[441 * 20] = 1;

        var output = Resample(input, 44_100);

        Assert.Equal(160 * 20, Array.IndexOf(output, output.Max()));
        Assert.Equal(output[160 * 20 - 5], output[160 * 20 + 5], 1e-6f);
    }

    [Theory]
    [InlineData(1, 48_000, 1)]
    [InlineData(3, 48_000, 1)]
    [InlineData(4, 48_000, 2)]
    [InlineData(1, 8_000, 2)]
    [InlineData(44_100, 44_100, 16_000)]
    [InlineData(115_200_000, 192_000, 9_600_000)]
    public void OutputLength_OfAnyInput_CoversIt(int frames, int rate, int expected) =>
        Assert.Equal(expected, Resampler.OutputLength(frames, rate, Target));

    [Fact]
    public void Resample_FewerSamplesThanTheFilterIsLong_StillWorks()
    {
        var output = Resample([0.5f], 192_000);

        Assert.True(float.IsFinite(Assert.Single(output)));
    }

    [Fact]
    public void Resample_Cancelled_Stops() =>
        Assert.Throws<OperationCanceledException>(() => Resampler.Resample(new ArraySource(new float[100], 8_000), Target, new float[200], new CancellationToken(true)));

    // 48 zero crossings at 80 dB leave 836 Hz of 16 kHz: the pass band ends at 0.447 of the lower rate.
    private static IEnumerable<double> PassBand(int rate) =>
        new[] { 0.002, 0.05, 0.11, 0.2, 0.31, 0.4, 0.445 }.Select(part => part * Math.Min(rate, Target));

    private static float[] Tone(double frequency, int rate) => SampleWriter.Sine(rate / 2, frequency, rate);

    private static double Rms(double amplitude) => amplitude / Math.Sqrt(2);

    private static float[] Resample(float[] input, int rate)
    {
        var output = new float[Resampler.OutputLength(input.Length, rate, Target)];
        Resampler.Resample(new ArraySource(input, rate), Target, output, CancellationToken.None);
        return output;
    }

    // The tone starts and ends abruptly; within the filter's length of there it is no tone.
    private static float[] Interior(float[] output) => output[500..^500];
}
