using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Recognition;

namespace VoiceWorker.UnitTests.Recognition;

public sealed class SampleCheckTests
{
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void ThrowIfNotFinite_OneBadSample_IsABadJobThatNamesIt(float bad)
    {
        float[] samples = [0, 0.5f, bad, 0];

        var error = Assert.Throws<EngineException>(() => SampleCheck.ThrowIfNotFinite(samples));

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedAudio), (error.Kind, error.Code));
        Assert.StartsWith("sample 2 ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThrowIfNotFinite_ExtremeButFinite_Passes() => SampleCheck.ThrowIfNotFinite([float.MinValue, float.Epsilon, float.MaxValue]);

    [Fact]
    public void LoudestDecibels_FullScale_IsZero() => Assert.Equal(0, SampleCheck.LoudestDecibels(Enumerable.Repeat(1f, 16_000).ToArray()), 6);

    [Fact]
    public void LoudestDecibels_ShortWordInLongSilence_IsTheWordsLevel()
    {
        var samples = new float[160_000];
        samples.AsSpan(32_000, 1600).Fill(0.1f);

        Assert.Equal(-20, SampleCheck.LoudestDecibels(samples), 5);
    }

    [Fact]
    public void LoudestDecibels_NoSamples_IsSilence() => Assert.Equal(double.NegativeInfinity, SampleCheck.LoudestDecibels([]));

    [Fact]
    public void LoudestDecibels_SingleClick_CountsForAHundredMilliseconds() => Assert.Equal(-32.04, SampleCheck.LoudestDecibels([1f]), 2);
}
