using VoiceWorker.Whisper.Onnx.Decoding;

namespace VoiceWorker.UnitTests.Whisper;

public sealed class LogitMathTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(1000)]
    [InlineData(51865)]
    public void LogSumExp_RandomLogits_IsThatOfTheDefinition(int count)
    {
        var logits = Logits(count);

        Assert.Equal(Math.Log(logits.Sum(x => Math.Exp(x))), LogitMath.LogSumExp(logits), 1e-4);
    }

    [Fact]
    public void LogSumExp_AllForbidden_IsNegativeInfinity() =>
        Assert.Equal(float.NegativeInfinity, LogitMath.LogSumExp(Enumerable.Repeat(float.NegativeInfinity, 40).ToArray()));

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(37)]
    public void IndexOfMax_TwoEqual_IsTheFirst(int place)
    {
        var logits = Logits(40);
        logits[place] = logits[39] = 50;

        Assert.Equal(place, LogitMath.IndexOfMax(logits));
    }

    [Fact]
    public void IndexOfMax_NegativeZero_IsFound() => Assert.Equal(1, LogitMath.IndexOfMax([-1, -0f, -2]));

    [Fact]
    public void Probability_OneOfTwo_IsItsShare() => Assert.Equal(0.75, LogitMath.Probability([0, MathF.Log(3)], 1), 1e-5);

    private static float[] Logits(int count)
    {
        var random = new Random(6);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 20) - 10)];
    }
}
