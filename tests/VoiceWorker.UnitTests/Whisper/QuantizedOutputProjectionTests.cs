using VoiceWorker.Whisper.Onnx.Network;
using VoiceWorker.Whisper.Onnx.Runtime;

namespace VoiceWorker.UnitTests.Whisper;

public sealed class QuantizedOutputProjectionTests
{
    private const int Tokens = 1100;
    private const int Stride = 1120;
    private readonly Random _random = new(7);

    [Theory]
    [InlineData(64, 1)]
    [InlineData(64, 4)]
    [InlineData(64, 7)]
    [InlineData(26, 5)]
    [InlineData(1280, 9)]
    public void Multiply_RandomStates_IsCloseToTheProduct(int width, int rows)
    {
        Half[] embeddings = [.. Enumerable.Range(0, Tokens * width).Select(_ => (Half)((_random.NextSingle() * 2) - 1))];
        using var matrix = new QuantizedOutputProjection(embeddings, width, maxRows: 9, threads: 2);
        using TensorBuffer states = new(9 * width), logits = new(9 * Stride);
        var input = states.Span(rows * width);
        for (var i = 0; i < input.Length; i++)
            input[i] = (_random.NextSingle() * 20) - 10;

        matrix.Multiply(states, rows, logits, Stride);

        // A weight is wrong by half a step of 1/127 at most, and by a third of that in the mean of squares.
        var tolerance = 6 * Math.Sqrt(width) * 10 / Math.Sqrt(3) / 254 / Math.Sqrt(3);
        for (var row = 0; row < rows; row++)
        {
            for (var token = 0; token < Tokens; token++)
            {
                var expected = 0.0;
                for (var i = 0; i < width; i++)
                    expected += (double)states.Span((row + 1) * width)[(row * width) + i] * (double)embeddings[(token * width) + i];
                Assert.Equal(expected, logits.Span((row + 1) * Stride)[(row * Stride) + token], tolerance);
            }
        }
    }
}
