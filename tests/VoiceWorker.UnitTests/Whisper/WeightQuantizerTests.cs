using VoiceWorker.Whisper.Onnx.Network;

namespace VoiceWorker.UnitTests.Whisper;

public sealed class WeightQuantizerTests
{
    private const int Outputs = 3;
    private const int Inputs = 160;
    private static readonly float[] Matrix = MakeMatrix();

    [Fact]
    public void ToBlocks_RandomMatrix_IsWithinHalfAStep()
    {
        var (values, scales, block) = WeightQuantizer.ToBlocks(Matrix, Inputs);

        Assert.Equal(32, block);
        for (var i = 0; i < Matrix.Length; i++)
            Assert.Equal(Matrix[i], (values[i] - 128) * scales[i / block], scales[i / block] * 0.501f);
    }

    [Fact]
    public void ToColumns_RandomMatrix_IsTransposedAndWithinHalfAStep()
    {
        var (values, scales) = WeightQuantizer.ToColumns(Matrix, Inputs);

        for (var i = 0; i < Matrix.Length; i++)
        {
            var (output, input) = (i / Inputs, i % Inputs);
            Assert.Equal(Matrix[i], (sbyte)values[(input * Outputs) + output] * scales[output], scales[output] * 0.501f);
        }
    }

    [Fact]
    public void ToBlocks_Zeros_AreTheMiddle() => Assert.All(WeightQuantizer.ToBlocks(new float[32], 32).Values, value => Assert.Equal(128, value));

    private static float[] MakeMatrix()
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, Outputs * Inputs).Select(_ => (random.NextSingle() * 2) - 1)];
    }
}
