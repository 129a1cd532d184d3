using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VoiceWorker.Whisper.Onnx.Network;

/// <summary>
/// Numbers as 16-bit integers, and products of those: one instruction for sixteen of them where a processor has it, twice
/// as many as single precision does.
/// </summary>
internal static unsafe class ShortMath
{
    private const int Lanes = 16;
    private const float Steps = short.MaxValue;

    /// <summary>a[2i] b[2i] + a[2i + 1] b[2i + 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplyAndAddPairs(Vector256<short> a, Vector256<short> b) => Avx2.IsSupported
        ? Avx2.MultiplyAddAdjacent(a, b)
        : MultiplyAndAddPairsAnywhere(a, b);

    /// <summary>The same without that instruction.</summary>
    public static Vector256<int> MultiplyAndAddPairsAnywhere(Vector256<short> a, Vector256<short> b) =>
        (((a.AsInt32() << 16) >> 16) * ((b.AsInt32() << 16) >> 16)) + ((a.AsInt32() >> 16) * (b.AsInt32() >> 16));

    /// <summary>Sixteen bytes as 16-bit integers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Widen(sbyte* bytes) => Avx2.IsSupported
        ? Avx2.ConvertToVector256Int16(bytes)
        : Vector256.Create(Vector128.WidenLower(Vector128.Load(bytes)), Vector128.WidenUpper(Vector128.Load(bytes)));

    /// <summary>Rounds a row to 16 bits.</summary>
    /// <param name="row">Any numbers.</param>
    /// <param name="steps">Receives them, in -32767..32767.</param>
    /// <returns>What a step counts, with the 2^16 in it by which a value in the upper half of a word is too large.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Quantize(ReadOnlySpan<float> row, Span<int> steps)
    {
        var max = Vector512<float>.Zero;
        var i = 0;
        for (; i <= row.Length - Lanes; i += Lanes)
            max = Vector512.MaxNative(max, Vector512.Abs(Vector512.Create(row.Slice(i, Lanes))));
        var most = 0f;
        for (var lane = 0; lane < Lanes; lane++)
            most = MathF.Max(most, max[lane]);
        for (; i < row.Length; i++)
            most = MathF.Max(most, MathF.Abs(row[i]));

        var scale = most == 0 ? 0 : Steps / most;
        for (i = 0; i <= row.Length - Lanes; i += Lanes)
            Vector512.ConvertToInt32Native(Vector512.Round(Vector512.Create(row.Slice(i, Lanes)) * scale)).CopyTo(steps[i..]);
        for (; i < row.Length; i++)
            steps[i] = (int)MathF.Round(row[i] * scale);
        return most / Steps / 65536;
    }
}
