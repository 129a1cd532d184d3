using VoiceWorker.Audio.Resampling;

namespace VoiceWorker.UnitTests.Audio;

public sealed class DownmixTests
{
    private const int Rate = 16_000;

    private static readonly float[] Voice = Noise(1, Rate, 0.2f);

    [Fact]
    public void Mix_RelatedOrUnrelatedChannels_IsTheirMean()
    {
        foreach (var other in new[] { Voice, Noise(2, Rate, 0.2f), new float[Rate], Scaled(Voice, 0.3f), Scaled(Voice, -0.4f) })
            Assert.Equal(Voice.Zip(other, (a, b) => (a + b) * 0.5f), Mix(Voice, other));
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(-0.9f)]
    [InlineData(-1.1f)]
    public void Mix_InvertedChannel_IsTheLouderOne(float gain)
    {
        var other = Scaled(Voice, gain);

        AssertIs(gain < -1 ? other : Voice, Mix(Voice, other));
    }

    [Fact]
    public void Mix_InvertedChannelWithAnOffsetOrAHumOnBoth_IsTheLouderOne()
    {
        var hum = SampleWriter.Sine(Rate, 50, Rate, 0.3);
        foreach (var common in new[] { [.. Enumerable.Repeat(0.3f, Rate)], hum })
            AssertIs(Sum(Voice, common), Mix(Sum(Voice, common), Sum(Scaled(Voice, -0.95f), common)));
    }

    [Fact]
    public void Mix_InvertedChannelWithNoiseOnEach_IsTheLouderOne()
    {
        var louder = Sum(Voice, Noise(2, Rate, 0.05f));

        AssertIs(louder, Mix(louder, Sum(Scaled(Voice, -0.9f), Noise(3, Rate, 0.05f))));
    }

    [Fact]
    public void Mix_InvertedForAWhile_NeverFallsSilent()
    {
        float[] other = [.. Voice[..4_000], .. Scaled(Voice[4_000..10_000], -1f), .. Voice[10_000..]];

        var mono = Mix(Voice, other);

        for (var start = 0; start < Rate; start += 1_600)
            Assert.InRange(ToneAnalysis.Rms(mono.AsSpan(start, 1_600)) / ToneAnalysis.Rms(Voice.AsSpan(start, 1_600)), 0.8, 1.05);
    }

    [Fact]
    public void Mix_EquallyLoudChannels_StaysWithOne()
    {
        var mono = Mix(Voice, Scaled(Voice, -1f));

        for (var start = 800; start < Rate; start += 400)
            Assert.True(mono.AsSpan(start, 400).SequenceEqual(Voice.AsSpan(start, 400)));
    }

    [Fact]
    public void Mix_OnePairOfEightInverted_IsTheLoudest() =>
        AssertIs(Voice, Mix(new float[Rate], Noise(5, Rate, 0.001f), Voice, Scaled(Voice, -0.9f), new float[Rate], new float[Rate], new float[Rate], new float[Rate]));

    [Fact]
    public void Mix_SilenceOrWhatIsNoNumber_IsPassedOn()
    {
        Assert.All(Mix(new float[100], new float[100]), sample => Assert.Equal(0, sample));
        Assert.All(Mix([.. Enumerable.Repeat(float.NaN, 100)], new float[100]), sample => Assert.Equal(float.NaN, sample));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(333)]
    [InlineData(2_048)]
    public void Mix_InPieces_MixesEverything(int length)
    {
        var mono = new float[Rate];
        var frames = Interleaved([Voice, Scaled(Voice, 0.5f)]);
        var downmix = new Downmix(2, Rate);
        for (var start = 0; start < Rate; start += length)
        {
            var count = Math.Min(length, Rate - start);
            downmix.Mix(frames.AsSpan(2 * start, 2 * count), mono.AsSpan(start, count));
        }

        Assert.Equal(Voice.Select(sample => (sample + 0.5f * sample) * 0.5f), mono);
    }

    // The first hundredth of a second fades over from the mean.
    private static void AssertIs(float[] expected, float[] mono) => Assert.Equal(expected[200..], mono[200..]);

    private static float[] Mix(params float[][] channels)
    {
        var mono = new float[channels[0].Length];
        new Downmix(channels.Length, Rate).Mix(Interleaved(channels), mono);
        return mono;
    }

    private static float[] Interleaved(float[][] channels) =>
        [.. Enumerable.Range(0, channels[0].Length).SelectMany(i => channels.Select(channel => channel[i]))];

    private static float[] Noise(int seed, int count, float amplitude)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => amplitude * (2 * random.NextSingle() - 1))];
    }

    private static float[] Scaled(float[] samples, float gain) => [.. samples.Select(sample => gain * sample)];

    private static float[] Sum(float[] a, float[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
