using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace VoiceWorker.Engines.Whisper.Network;

/// <summary>
/// Products of 16-bit integers: one instruction for sixteen of them where a processor has it, twice as many as single
/// precision does.
/// </summary>
internal static unsafe class ShortMath
{
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
}
