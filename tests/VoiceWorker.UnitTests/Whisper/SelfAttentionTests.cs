using VoiceWorker.Engines.Whisper.Network;
using VoiceWorker.Engines.Whisper.Onnx;

namespace VoiceWorker.UnitTests.Whisper;

public sealed class SelfAttentionTests
{
    private const int Heads = 3;
    private readonly Random _random = new(4);

    [Theory]
    [InlineData(64, 1)]
    [InlineData(64, 23)]
    [InlineData(64, 25)]
    [InlineData(64, 300)]
    [InlineData(16, 50)]
    [InlineData(48, 50)]
    public void Attend_RandomProjections_IsThatOfTheDefinition(int width, int positions)
    {
        using var attention = new SelfAttention(Heads, width, 300, threads: 2);
        using TensorBuffer projected = new(300 * 3 * Heads * width), attended = new(300 * Heads * width);
        // What an earlier, longer recording leaves behind must not be seen.
        Fill(projected.Span(300 * 3 * Heads * width));
        attention.Attend(projected, 300, attended);

        var input = projected.Span(positions * 3 * Heads * width);
        Fill(input);
        attention.Attend(projected, positions, attended);

        var actual = attended.Span(positions * Heads * width);
        for (var head = 0; head < Heads; head++)
        {
            for (var query = 0; query < positions; query++)
            {
                var expected = Definition(input, width, positions, head, query);
                for (var i = 0; i < width; i++)
                    Assert.Equal(expected[i], actual[(((query * Heads) + head) * width) + i], 2e-3);
            }
        }
    }

    private static double[] Definition(ReadOnlySpan<float> projected, int width, int positions, int head, int query)
    {
        var scores = new double[positions];
        for (var t = 0; t < positions; t++)
        {
            var sum = 0.0;
            for (var i = 0; i < width; i++)
                sum += (double)projected[(query * 3 * Heads * width) + (head * width) + i] * projected[(((3 * t) + 1) * Heads * width) + (head * width) + i];
            scores[t] = Math.Exp(sum / Math.Sqrt(width));
        }

        var result = new double[width];
        for (var t = 0; t < positions; t++)
        {
            for (var i = 0; i < width; i++)
                result[i] += scores[t] / scores.Sum() * projected[(((3 * t) + 2) * Heads * width) + (head * width) + i];
        }

        return result;
    }

    private void Fill(Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = (_random.NextSingle() * 4) - 2;
    }
}
