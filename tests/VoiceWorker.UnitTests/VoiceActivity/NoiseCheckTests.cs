using VoiceWorker.Whisper.VoiceActivity;

namespace VoiceWorker.UnitTests.VoiceActivity;

public sealed class NoiseCheckTests
{
    [Theory]
    [InlineData(0.001f, 0.2, true)]
    [InlineData(0.05f, 0.2, true)]
    [InlineData(0.1f, 0.95, true)]
    [InlineData(0.1f, 0.85, false)]
    [InlineData(0.2f, 0.92, false)]
    [InlineData(0.5f, 0.96, true)]
    public void Believes_AText_AsItIsSureAndTheNoiseLow(float noise, double confidence, bool believed) =>
        Assert.Equal(believed, new NoiseCheck(SpeechIn(noise), noisyBelow: 11).Believes(confidence));

    [Fact]
    public void Believes_TurnedOff_EveryText() => Assert.True(new NoiseCheck(SpeechIn(0.2f), noisyBelow: 0).Believes(0.1));

    [Fact]
    public void Believes_NoConfidence_EveryText() => Assert.True(new NoiseCheck(SpeechIn(0.2f), noisyBelow: 11).Believes(null));

    [Fact]
    public void Believes_NoSamples_EveryText() => Assert.True(new NoiseCheck([], noisyBelow: 11).Believes(0.1));

    // Half a second of a buzz of 0.2, half a second of nothing, four times.
    private static float[] SpeechIn(float noise)
    {
        var pink = PinkNoise.Make(64_000, noise, seed: 3);
        return [.. pink.Select((sample, n) => sample + (n / 8000 % 2 == 0 ? 0.4f * ((n % 100 / 100f) - 0.5f) * 1.7f : 0))];
    }
}
