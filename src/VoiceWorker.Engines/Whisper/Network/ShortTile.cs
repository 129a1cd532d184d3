using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VoiceWorker.Engines.Whisper.Network;

/// <summary>As <see cref="MatrixTile"/>, but of 16-bit integers with a scale for each row and column.</summary>
internal static unsafe class ShortTile
{
    private const int Lanes = 8;

    /// <summary>The greatest integer that factors may have, so that the sum of so many products fits into 32 bits.</summary>
    public static float Steps(int depth) => Math.Min(short.MaxValue, MathF.Floor(MathF.Sqrt(int.MaxValue / depth)));

    /// <summary>c = a b, with the scales.</summary>
    /// <param name="a">Six rows of pairs, <paramref name="pairs"/> apart.</param>
    /// <param name="rows">Six scales.</param>
    /// <param name="b">The panel: [pairs, 16, 2].</param>
    /// <param name="columns">Sixteen scales.</param>
    /// <param name="c">Six rows of 16, <paramref name="cWidth"/> floats apart.</param>
    /// <param name="cWidth">From one row to the next.</param>
    /// <param name="pairs">Half the number of products to add.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(int* a, float* rows, short* b, float* columns, float* c, int cWidth, int pairs)
    {
        var (sum0, sum0High) = (Vector256<int>.Zero, Vector256<int>.Zero);
        var (sum1, sum1High) = (Vector256<int>.Zero, Vector256<int>.Zero);
        var (sum2, sum2High) = (Vector256<int>.Zero, Vector256<int>.Zero);
        var (sum3, sum3High) = (Vector256<int>.Zero, Vector256<int>.Zero);
        var (sum4, sum4High) = (Vector256<int>.Zero, Vector256<int>.Zero);
        var (sum5, sum5High) = (Vector256<int>.Zero, Vector256<int>.Zero);
        int* a1 = a + pairs, a2 = a1 + pairs, a3 = a2 + pairs, a4 = a3 + pairs, a5 = a4 + pairs;
        for (nint pair = 0; pair < pairs; pair++, b += 4 * Lanes)
        {
            var (low, high) = (Vector256.Load(b), Vector256.Load(b + (2 * Lanes)));
            var x = Vector256.Create(a[pair]).AsInt16();
            sum0 += ShortMath.MultiplyAndAddPairs(x, low);
            sum0High += ShortMath.MultiplyAndAddPairs(x, high);
            x = Vector256.Create(a1[pair]).AsInt16();
            sum1 += ShortMath.MultiplyAndAddPairs(x, low);
            sum1High += ShortMath.MultiplyAndAddPairs(x, high);
            x = Vector256.Create(a2[pair]).AsInt16();
            sum2 += ShortMath.MultiplyAndAddPairs(x, low);
            sum2High += ShortMath.MultiplyAndAddPairs(x, high);
            x = Vector256.Create(a3[pair]).AsInt16();
            sum3 += ShortMath.MultiplyAndAddPairs(x, low);
            sum3High += ShortMath.MultiplyAndAddPairs(x, high);
            x = Vector256.Create(a4[pair]).AsInt16();
            sum4 += ShortMath.MultiplyAndAddPairs(x, low);
            sum4High += ShortMath.MultiplyAndAddPairs(x, high);
            x = Vector256.Create(a5[pair]).AsInt16();
            sum5 += ShortMath.MultiplyAndAddPairs(x, low);
            sum5High += ShortMath.MultiplyAndAddPairs(x, high);
        }

        Store(sum0, sum0High, columns, rows[0], c);
        Store(sum1, sum1High, columns, rows[1], c + cWidth);
        Store(sum2, sum2High, columns, rows[2], c + (2 * cWidth));
        Store(sum3, sum3High, columns, rows[3], c + (3 * cWidth));
        Store(sum4, sum4High, columns, rows[4], c + (4 * cWidth));
        Store(sum5, sum5High, columns, rows[5], c + (5 * cWidth));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> low, Vector256<int> high, float* columns, float row, float* c)
    {
        (Vector256.ConvertToSingle(low) * Vector256.Load(columns) * row).Store(c);
        (Vector256.ConvertToSingle(high) * Vector256.Load(columns + Lanes) * row).Store(c + Lanes);
    }
}
