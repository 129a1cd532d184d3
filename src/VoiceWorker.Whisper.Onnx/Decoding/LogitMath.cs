using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VoiceWorker.Whisper.Onnx.Decoding;

/// <summary>
/// Maxima and sums over logits of a whole vocabulary. They run for every token of every text, so the loops are written
/// out and compiled with full optimisation at once.
/// </summary>
internal static class LogitMath
{
    private const int Lanes = 16;

    /// <summary>The greatest value; negative infinity for nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Max(ReadOnlySpan<float> logits)
    {
        var max = Vector512.Create(float.NegativeInfinity);
        var i = 0;
        for (; i <= logits.Length - Lanes; i += Lanes)
            max = Vector512.MaxNative(max, Vector512.Create(logits.Slice(i, Lanes)));
        var result = float.NegativeInfinity;
        for (var lane = 0; lane < Lanes; lane++)
            result = MathF.Max(result, max[lane]);
        for (; i < logits.Length; i++)
            result = MathF.Max(result, logits[i]);
        return result;
    }

    /// <summary>The first place of the greatest value.</summary>
    /// <param name="logits">At least one, none of them NaN.</param>
    public static int IndexOfMax(ReadOnlySpan<float> logits) =>
        MemoryMarshal.Cast<float, int>(logits).IndexOf(BitConverter.SingleToInt32Bits(Max(logits)));

    /// <summary>log(sum(exp(x))); negative infinity when every x is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float LogSumExp(ReadOnlySpan<float> logits)
    {
        var max = Max(logits);
        if (float.IsNegativeInfinity(max))
            return max;
        var sums = Vector512<float>.Zero;
        var i = 0;
        for (; i <= logits.Length - Lanes; i += Lanes)
            sums += Vector512.Exp(Vector512.Create(logits.Slice(i, Lanes)) - Vector512.Create(max));
        var sum = Vector512.Sum(sums);
        for (; i < logits.Length; i++)
            sum += MathF.Exp(logits[i] - max);
        return max + MathF.Log(sum);
    }

    /// <summary>A token's probability among all.</summary>
    public static float Probability(ReadOnlySpan<float> logits, int token) => MathF.Exp(logits[token] - LogSumExp(logits));
}
