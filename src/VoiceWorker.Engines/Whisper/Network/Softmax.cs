using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VoiceWorker.Engines.Whisper.Network;

/// <summary>Softmax over scores that are logarithms to base two.</summary>
internal static unsafe class Softmax
{
    private const int Lanes = 8;
    private const int MantissaBits = 23;

    // 1.5 * 2^23: a float that it is added to is rounded to an integer, which is then in the lowest bits.
    private const float Rounder = 12582912f;

    // Less than this is nothing beside 1 in single precision, and still in reach of the exponent.
    private const float Least = -120;

    /// <summary>Replaces each score by 2^(score - the greatest score).</summary>
    /// <param name="scores">A multiple of 8; those behind the first <paramref name="count"/> become zero.</param>
    /// <param name="count">Scores that count, at least one.</param>
    /// <returns>The sum of the powers.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float PowersOfTwo(Span<float> scores, int count)
    {
        scores[count..].Fill(float.NegativeInfinity);
        fixed (float* first = scores)
        {
            var end = first + scores.Length;
            var most = Vector256.Create(float.NegativeInfinity);
            for (var at = first; at < end; at += Lanes)
                most = Vector256.MaxNative(most, Vector256.Load(at));
            var max = float.NegativeInfinity;
            for (var lane = 0; lane < Lanes; lane++)
                max = MathF.Max(max, most[lane]);

            var sum = Vector256<float>.Zero;
            for (var at = first; at < end; at += Lanes)
            {
                var power = PowerOfTwo(Vector256.MaxNative(Vector256.Load(at) - Vector256.Create(max), Vector256.Create(Least)));
                power.Store(at);
                sum += power;
            }

            // What was filled up is next to nothing, but not nothing.
            scores[count..].Clear();
            return Vector256.Sum(sum);
        }
    }

    // 2^x = 2^n 2^f with n the nearest integer; 2^f by its Taylor polynomial of degree 6, whose relative error is below 2e-7.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> PowerOfTwo(Vector256<float> x)
    {
        var rounded = x + Vector256.Create(Rounder);
        var f = x - (rounded - Vector256.Create(Rounder));
        var power = Vector256.Create(1.5403530e-4f);
        power = Vector256.FusedMultiplyAdd(power, f, Vector256.Create(1.3333558e-3f));
        power = Vector256.FusedMultiplyAdd(power, f, Vector256.Create(9.6181291e-3f));
        power = Vector256.FusedMultiplyAdd(power, f, Vector256.Create(5.5504109e-2f));
        power = Vector256.FusedMultiplyAdd(power, f, Vector256.Create(2.4022651e-1f));
        power = Vector256.FusedMultiplyAdd(power, f, Vector256.Create(6.9314718e-1f));
        power = Vector256.FusedMultiplyAdd(power, f, Vector256<float>.One);
        return (power.AsInt32() + (rounded.AsInt32() << MantissaBits)).AsSingle();
    }
}
