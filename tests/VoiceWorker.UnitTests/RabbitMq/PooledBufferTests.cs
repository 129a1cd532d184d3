using System.Buffers;
using VoiceWorker.Host.RabbitMq;

namespace VoiceWorker.UnitTests.RabbitMq;

public sealed class PooledBufferTests
{
    [Fact]
    public void Write_MoreThanItsFirstCapacity_KeepsEverything()
    {
        using var buffer = new PooledBuffer(16);
        var expected = new byte[100_000];
        new Random(1).NextBytes(expected);
        foreach (var part in expected.Chunk(777))
            buffer.Write(part);
        Assert.Equal(expected, buffer.Written);
    }

    [Fact]
    public void GetSpan_LargeHint_IsThatLarge()
    {
        using var buffer = new PooledBuffer(16);
        buffer.Write("abc"u8);
        Assert.True(buffer.GetSpan(1_000_000).Length >= 1_000_000);
        Assert.Equal("abc"u8, buffer.Written.Span);
    }

    [Fact]
    public void Dispose_Twice_ReturnsTheMemoryOnce()
    {
        var buffer = PooledBuffer.CopyOf("abc"u8);
        buffer.Dispose();
        buffer.Dispose();
        var (first, second) = (ArrayPool<byte>.Shared.Rent(3), ArrayPool<byte>.Shared.Rent(3));
        Assert.NotSame(first, second);
    }
}
