using System.Runtime.Intrinsics;
using VoiceWorker.Whisper.Onnx.Network;

namespace VoiceWorker.UnitTests.Whisper;

public sealed unsafe class ShortMathTests
{
    private readonly Random _random = new(6);

    [Fact]
    public void MultiplyAndAddPairs_WithTheInstructionAndWithout_IsThatOfTheDefinition()
    {
        short[] a = Shorts(), b = Shorts();
        (a[0], b[0], a[1], b[1]) = (short.MaxValue, short.MinValue, short.MinValue, short.MaxValue);

        var (first, second) = (Vector256.Create(a), Vector256.Create(b));

        for (var i = 0; i < 8; i++)
        {
            var expected = (a[2 * i] * b[2 * i]) + (a[(2 * i) + 1] * b[(2 * i) + 1]);
            Assert.Equal(expected, ShortMath.MultiplyAndAddPairs(first, second)[i]);
            Assert.Equal(expected, ShortMath.MultiplyAndAddPairsAnywhere(first, second)[i]);
        }
    }

    [Fact]
    public void Widen_Bytes_KeepsSigns()
    {
        var bytes = stackalloc sbyte[16];
        for (var i = 0; i < 16; i++)
            bytes[i] = (sbyte)(i * 17 - 128);

        for (var i = 0; i < 16; i++)
            Assert.Equal(bytes[i], ShortMath.Widen(bytes)[i]);
    }

    private short[] Shorts() => [.. Enumerable.Range(0, 16).Select(_ => (short)_random.Next(short.MinValue, short.MaxValue))];
}
