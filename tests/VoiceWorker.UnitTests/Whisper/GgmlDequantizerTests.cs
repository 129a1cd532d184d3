using VoiceWorker.Whisper.Ggml;

namespace VoiceWorker.UnitTests.Whisper;

/// <summary>Blocks written by hand from the layouts' definitions.</summary>
public sealed class GgmlDequantizerTests
{
    private static readonly byte[] Half = BitConverter.GetBytes((Half)0.5f);
    private static readonly byte[] Minimum = BitConverter.GetBytes((Half)(-2f));

    // Byte i holds value i (low) = i and value i + 16 (high) = 15 - i.
    private static readonly byte[] Nibbles = [.. Enumerable.Range(0, 16).Select(i => (byte)(i | (15 - i) << 4))];

    // The fifth bit of values 0 and 31.
    private static readonly byte[] FifthBits = [1, 0, 0, 0x80];

    [Fact]
    public void Dequantize_Q40_CentresOnEight() => AssertValues(GgmlType.Q40, [.. Half, .. Nibbles], first: -4f, second: -3.5f, last: -4f);

    [Fact]
    public void Dequantize_Q41_AddsMinimum() => AssertValues(GgmlType.Q41, [.. Half, .. Minimum, .. Nibbles], first: -2f, second: -1.5f, last: -2f);

    [Fact]
    public void Dequantize_Q50_TakesFifthBits() => AssertValues(GgmlType.Q50, [.. Half, .. FifthBits, .. Nibbles], first: 0f, second: -7.5f, last: 0f);

    [Fact]
    public void Dequantize_Q51_TakesFifthBitsAndMinimum() =>
        AssertValues(GgmlType.Q51, [.. Half, .. Minimum, .. FifthBits, .. Nibbles], first: 6f, second: -1.5f, last: 6f);

    [Fact]
    public void Dequantize_Q80_IsSigned() =>
        AssertValues(GgmlType.Q80, [.. Half, 0x80, 0xff, .. new byte[29], 0x7f], first: -64f, second: -0.5f, last: 63.5f);

    [Fact]
    public void Dequantize_F16_KeepsValues() =>
        AssertValues(GgmlType.F16, [.. Half, .. Minimum, .. Enumerable.Repeat(Half, 30).SelectMany(b => b)], first: 0.5f, second: -2f, last: 0.5f);

    [Fact]
    public void Dequantize_KQuant_SaysWhichFilesAreRead()
    {
        var error = Assert.Throws<NotSupportedException>(() => GgmlDequantizer.Dequantize(GgmlType.Q4K, new byte[144], new float[256]));

        Assert.Contains("q8_0", error.Message, StringComparison.Ordinal);
    }

    private static void AssertValues(GgmlType type, byte[] block, float first, float second, float last)
    {
        var values = new float[32];
        GgmlDequantizer.Dequantize(type, block, values);

        Assert.Equal((first, second, last), (values[0], values[1], values[31]));
    }
}
