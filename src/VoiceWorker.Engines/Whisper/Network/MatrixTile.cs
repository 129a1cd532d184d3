using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VoiceWorker.Engines.Whisper.Network;

/// <summary>
/// The product of six rows and a panel of sixteen columns: as many sums as sixteen 256-bit registers can hold beside
/// their factors, which is what keeps the multipliers busy.
/// </summary>
internal static unsafe class MatrixTile
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 6;

    /// <summary>Columns of a tile.</summary>
    public const int Columns = 2 * Lanes;

    private const int Lanes = 8;

    /// <summary>c += a b.</summary>
    /// <param name="a">Six rows, <paramref name="aWidth"/> floats apart.</param>
    /// <param name="aWidth">From one row to the next.</param>
    /// <param name="b">The panel: [depth, 16].</param>
    /// <param name="c">Six rows of 16, <paramref name="cWidth"/> floats apart.</param>
    /// <param name="cWidth">From one row to the next.</param>
    /// <param name="depth">Products to add.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyAndAdd(float* a, int aWidth, float* b, float* c, int cWidth, int depth)
    {
        float* a1 = a + aWidth, a2 = a1 + aWidth, a3 = a2 + aWidth, a4 = a3 + aWidth, a5 = a4 + aWidth;
        float* c1 = c + cWidth, c2 = c1 + cWidth, c3 = c2 + cWidth, c4 = c3 + cWidth, c5 = c4 + cWidth;
        var (sum0, sum0High) = (Vector256.Load(c), Vector256.Load(c + Lanes));
        var (sum1, sum1High) = (Vector256.Load(c1), Vector256.Load(c1 + Lanes));
        var (sum2, sum2High) = (Vector256.Load(c2), Vector256.Load(c2 + Lanes));
        var (sum3, sum3High) = (Vector256.Load(c3), Vector256.Load(c3 + Lanes));
        var (sum4, sum4High) = (Vector256.Load(c4), Vector256.Load(c4 + Lanes));
        var (sum5, sum5High) = (Vector256.Load(c5), Vector256.Load(c5 + Lanes));
        for (nint k = 0; k < depth; k++, b += Columns)
        {
            var (low, high) = (Vector256.Load(b), Vector256.Load(b + Lanes));
            var x = Vector256.Create(a[k]);
            sum0 = Vector256.FusedMultiplyAdd(x, low, sum0);
            sum0High = Vector256.FusedMultiplyAdd(x, high, sum0High);
            x = Vector256.Create(a1[k]);
            sum1 = Vector256.FusedMultiplyAdd(x, low, sum1);
            sum1High = Vector256.FusedMultiplyAdd(x, high, sum1High);
            x = Vector256.Create(a2[k]);
            sum2 = Vector256.FusedMultiplyAdd(x, low, sum2);
            sum2High = Vector256.FusedMultiplyAdd(x, high, sum2High);
            x = Vector256.Create(a3[k]);
            sum3 = Vector256.FusedMultiplyAdd(x, low, sum3);
            sum3High = Vector256.FusedMultiplyAdd(x, high, sum3High);
            x = Vector256.Create(a4[k]);
            sum4 = Vector256.FusedMultiplyAdd(x, low, sum4);
            sum4High = Vector256.FusedMultiplyAdd(x, high, sum4High);
            x = Vector256.Create(a5[k]);
            sum5 = Vector256.FusedMultiplyAdd(x, low, sum5);
            sum5High = Vector256.FusedMultiplyAdd(x, high, sum5High);
        }

        sum0.Store(c);
        sum0High.Store(c + Lanes);
        sum1.Store(c1);
        sum1High.Store(c1 + Lanes);
        sum2.Store(c2);
        sum2High.Store(c2 + Lanes);
        sum3.Store(c3);
        sum3High.Store(c3 + Lanes);
        sum4.Store(c4);
        sum4High.Store(c4 + Lanes);
        sum5.Store(c5);
        sum5High.Store(c5 + Lanes);
    }
}
