using System.Numerics.Tensors;

namespace VoiceWorker.Whisper.Onnx.Network;

/// <summary>Quantizes matrices to 8 bits.</summary>
internal static class WeightQuantizer
{
    private const float Steps = 127;
    private const int Middle = 128;
    private static readonly int[] BlockSizes = [128, 64, 32, 16];

    /// <summary>For <c>MatMulNBits</c>: unsigned around 128, a scale for each block of a row.</summary>
    /// <param name="matrix">Shape [outputs, inputs].</param>
    /// <param name="inputs">Its row length, a multiple of 16.</param>
    /// <returns>Bytes in the matrix's order, scales [outputs, inputs / block], and the block's size.</returns>
    public static (byte[] Values, float[] Scales, int Block) ToBlocks(ReadOnlySpan<float> matrix, int inputs)
    {
        var block = BlockSizes.First(size => inputs % size == 0);
        var (values, scales) = (new byte[matrix.Length], new float[matrix.Length / block]);
        for (var i = 0; i < scales.Length; i++)
        {
            var row = matrix.Slice(i * block, block);
            scales[i] = Math.Abs(TensorPrimitives.MaxMagnitude(row)) / Steps;
            for (var j = 0; j < block; j++)
                values[(i * block) + j] = (byte)(Quantize(row[j], scales[i]) + Middle);
        }

        return (values, scales, block);
    }

    /// <summary>For <c>DynamicQuantizeMatMul</c>: signed, a scale for each output.</summary>
    /// <param name="matrix">Shape [outputs, inputs].</param>
    /// <param name="inputs">Its row length.</param>
    /// <returns>Bytes in the shape [inputs, outputs], scales [outputs].</returns>
    public static (byte[] Values, float[] Scales) ToColumns(ReadOnlySpan<float> matrix, int inputs)
    {
        var outputs = matrix.Length / inputs;
        var (values, scales) = (new byte[matrix.Length], new float[outputs]);
        for (var output = 0; output < outputs; output++)
        {
            var row = matrix.Slice(output * inputs, inputs);
            scales[output] = Math.Abs(TensorPrimitives.MaxMagnitude(row)) / Steps;
            for (var input = 0; input < inputs; input++)
                values[(input * outputs) + output] = (byte)(sbyte)Quantize(row[input], scales[output]);
        }

        return (values, scales);
    }

    private static int Quantize(float value, float scale) => scale == 0 ? 0 : (int)MathF.Round(value / scale);
}
