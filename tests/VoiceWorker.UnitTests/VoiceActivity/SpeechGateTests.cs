using VoiceWorker.Whisper.VoiceActivity;

namespace VoiceWorker.UnitTests.VoiceActivity;

public sealed class SpeechGateTests
{
    private readonly SpeechGate _gate = new(silenceLevel: -60, rise: 5);

    [Fact]
    public void MayBeSpeech_DigitalSilence_IsFalse() => Assert.False(_gate.MayBeSpeech(new float[16_000]));

    [Fact]
    public void MayBeSpeech_SteadyNoise_IsFalse() => Assert.False(_gate.MayBeSpeech(Noise(16_000, 0.1f)));

    [Fact]
    public void MayBeSpeech_Hum_IsFalse() =>
        Assert.False(_gate.MayBeSpeech([.. Enumerable.Range(0, 32_000).Select(n => 0.2f * MathF.Sin(2 * MathF.PI * 50 * n / 16_000))]));

    [Fact]
    public void MayBeSpeech_FaintBurst_IsFalse() => Assert.False(_gate.MayBeSpeech([.. new float[8_000], .. Noise(4_000, 0.001f), .. new float[8_000]]));

    [Fact]
    public void MayBeSpeech_BurstOverNoise_IsTrue() => Assert.True(_gate.MayBeSpeech([.. Noise(8_000, 0.01f), .. Noise(4_000, 0.1f), .. Noise(8_000, 0.01f)]));

    [Fact]
    public void MayBeSpeech_Click_IsFalse() => Assert.False(_gate.MayBeSpeech([.. new float[8_000], 1, .. new float[8_000]]));

    [Fact]
    public void MayBeSpeech_BurstOnAnOffset_IsTrue() =>
        Assert.True(_gate.MayBeSpeech([.. new float[8_000].Concat(Noise(4_000, 0.02f)).Concat(new float[8_000]).Select(sample => sample + 0.1f)]));

    [Fact]
    public void MayBeSpeech_OffsetAlone_IsFalse() => Assert.False(_gate.MayBeSpeech(Enumerable.Repeat(0.1f, 16_000).ToArray()));

    [Theory]
    [InlineData(0)]
    [InlineData(479)]
    [InlineData(959)]
    public void MayBeSpeech_LessThanTwoFrames_IsFalse(int length) => Assert.False(_gate.MayBeSpeech(Noise(length, 0.5f)));

    private static float[] Noise(int length, float amplitude)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, length).Select(_ => ((random.NextSingle() * 2) - 1) * amplitude)];
    }
}
