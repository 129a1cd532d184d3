using System.Numerics.Tensors;

namespace VoiceWorker.Engines.Whisper.Decoding;

/// <summary>Sums over logits of a whole vocabulary.</summary>
internal static class LogitMath
{
    private const int Chunk = 1024;

    /// <summary>log(sum(exp(x))); negative infinity when every x is.</summary>
    public static float LogSumExp(ReadOnlySpan<float> logits)
    {
        var max = TensorPrimitives.Max(logits);
        if (float.IsNegativeInfinity(max))
            return max;
        Span<float> chunk = stackalloc float[Chunk];
        var sum = 0f;
        for (; logits.Length > 0; logits = logits[Math.Min(Chunk, logits.Length)..])
        {
            var part = chunk[..Math.Min(Chunk, logits.Length)];
            TensorPrimitives.Subtract(logits[..part.Length], max, part);
            TensorPrimitives.Exp<float>(part, part);
            sum += TensorPrimitives.Sum<float>(part);
        }

        return max + MathF.Log(sum);
    }

    /// <summary>A token's probability among all.</summary>
    public static float Probability(ReadOnlySpan<float> logits, int token) => MathF.Exp(logits[token] - LogSumExp(logits));
}
