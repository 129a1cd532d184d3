using VoiceWorker.Whisper.Onnx;
using VoiceWorker.Whisper.Onnx.Decoding;

namespace VoiceWorker.UnitTests.Whisper;

public sealed class FallbackPolicyTests
{
    private readonly FallbackPolicy _policy = new(new OnnxWhisperOptions());

    [Fact]
    public void Accepts_ProbableText_IsTrue() => Assert.True(_policy.Accepts(Result(-0.3f), "good morning how are you"));

    [Fact]
    public void Accepts_ImprobableText_IsFalse() => Assert.False(_policy.Accepts(Result(-1.1f), "good morning how are you"));

    [Fact]
    public void Accepts_RepeatedText_IsFalse() => Assert.False(_policy.Accepts(Result(-0.1f), string.Concat(Enumerable.Repeat("thank you ", 40))));

    [Fact]
    public void Accepts_FailedAttempt_IsFalse() => Assert.False(_policy.Accepts(Result(-0.1f) with { Failed = true }, "good morning"));

    [Fact]
    public void Accepts_ImprobableTextInSilence_IsTrueBecauseItIsNotUsed()
    {
        var silence = Result(-1.5f) with { NoSpeechProbability = 0.9f };

        Assert.True(_policy.Accepts(silence, "thanks for watching"));
        Assert.True(_policy.IsSilence(silence));
    }

    [Fact]
    public void IsSilence_ProbableText_IsFalse() => Assert.False(_policy.IsSilence(Result(-0.2f) with { NoSpeechProbability = 0.9f }));

    [Fact]
    public void Temperatures_OfTheOptions_RiseAndEnd() =>
        Assert.Equal([0f, 0.5f, 1f, 1f], new FallbackPolicy(new OnnxWhisperOptions { MaxFallbacks = 3, TemperatureStep = 0.5 }).Temperatures);

    private static WindowResult Result(float mean) => new([new Token(1, mean, 0)], 100, mean, NoSpeechProbability: 0, Temperature: 0, Failed: false);
}
