using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VoiceWorker.Whisper.Ggml;

/// <summary>
/// Turns stored values into single precision. Blocks of 32 values begin with a half-precision scale d (and minimum m);
/// 4-bit layouts keep value i in the low and value i + 16 in the high half of byte i, 5-bit layouts keep the fifth bits
/// in one 32-bit word (ggml's <c>ggml-quants.c</c>). All of it runs once, while the worker starts: too early for the
/// runtime to find the loops worth optimizing.
/// </summary>
internal static class GgmlDequantizer
{
    private const int BlockValues = 32;

    private delegate void BlockReader(ReadOnlySpan<byte> block, Span<float> values);

    /// <exception cref="NotSupportedException">K-quants.</exception>
    public static void Dequantize(GgmlType type, ReadOnlySpan<byte> data, Span<float> values)
    {
        switch (type)
        {
            case GgmlType.F32:
                MemoryMarshal.Cast<byte, float>(data).CopyTo(values);
                break;
            case GgmlType.F16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(data), values);
                break;
            default:
                DequantizeBlocks(data, type.Block().Bytes, values, ReaderOf(type));
                break;
        }
    }

    private static BlockReader ReaderOf(GgmlType type) => type switch
    {
        GgmlType.Q40 => ReadQ40,
        GgmlType.Q41 => ReadQ41,
        GgmlType.Q50 => ReadQ50,
        GgmlType.Q51 => ReadQ51,
        GgmlType.Q80 => ReadQ80,
        _ => throw new NotSupportedException($"matrices of type {type.DisplayName()} are read by whisper.cpp only; use a file in f16, q8_0, q5_0, q5_1, q4_0 or q4_1"),
    };

    private static void DequantizeBlocks(ReadOnlySpan<byte> data, int blockBytes, Span<float> values, BlockReader read)
    {
        for (var i = 0; i < values.Length / BlockValues; i++)
            read(data.Slice(i * blockBytes, blockBytes), values.Slice(i * BlockValues, BlockValues));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReadQ40(ReadOnlySpan<byte> block, Span<float> values)
    {
        var d = Scale(block);
        for (var i = 0; i < BlockValues; i++)
            values[i] = (Nibble(block[2..], i) - 8) * d;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReadQ41(ReadOnlySpan<byte> block, Span<float> values)
    {
        var (d, m) = (Scale(block), Scale(block[2..]));
        for (var i = 0; i < BlockValues; i++)
            values[i] = (Nibble(block[4..], i) * d) + m;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReadQ50(ReadOnlySpan<byte> block, Span<float> values)
    {
        var d = Scale(block);
        var fifth = BinaryPrimitives.ReadUInt32LittleEndian(block[2..]);
        for (var i = 0; i < BlockValues; i++)
            values[i] = ((Nibble(block[6..], i) | FifthBit(fifth, i)) - 16) * d;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReadQ51(ReadOnlySpan<byte> block, Span<float> values)
    {
        var (d, m) = (Scale(block), Scale(block[2..]));
        var fifth = BinaryPrimitives.ReadUInt32LittleEndian(block[4..]);
        for (var i = 0; i < BlockValues; i++)
            values[i] = ((Nibble(block[8..], i) | FifthBit(fifth, i)) * d) + m;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ReadQ80(ReadOnlySpan<byte> block, Span<float> values)
    {
        var d = Scale(block);
        for (var i = 0; i < BlockValues; i++)
            values[i] = (sbyte)block[2 + i] * d;
    }

    private static float Scale(ReadOnlySpan<byte> at) => (float)BinaryPrimitives.ReadHalfLittleEndian(at);

    private static int Nibble(ReadOnlySpan<byte> packed, int i) => i < 16 ? packed[i] & 15 : packed[i - 16] >> 4;

    private static int FifthBit(uint bits, int i) => (int)(bits >> i & 1) << 4;
}
