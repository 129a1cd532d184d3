using VoiceWorker.Engines.Whisper.Network;

namespace VoiceWorker.UnitTests.Whisper;

public sealed class SoftmaxTests
{
    [Fact]
    public void PowersOfTwo_RandomScores_AreThoseOfTheDefinition()
    {
        const int Count = 1003;
        var random = new Random(5);
        float[] scores = [.. Enumerable.Range(0, 1008).Select(_ => (random.NextSingle() * 300) - 150)];
        var max = scores[..Count].Max();
        double[] expected = [.. scores[..Count].Select(score => Math.Pow(2, (double)score - max))];

        var sum = Softmax.PowersOfTwo(scores, Count);

        for (var i = 0; i < Count; i++)
            Assert.Equal(expected[i], scores[i], 1e-6);
        Assert.All(scores[Count..], score => Assert.Equal(0, score));
        Assert.Equal(expected.Sum(), sum, 1e-4);
    }
}
