using System.Buffers;
using VoiceWorker.Core.Pooling;

namespace VoiceWorker.UnitTests.Pooling;

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
    public void Written_FromBeforeTheBufferGrew_CannotBeRead()
    {
        using var buffer = PooledBuffer.CopyOf("abc"u8);
        var before = buffer.Written;

        buffer.Write(new byte[1000]);

        Assert.Throws<ObjectDisposedException>(() => before.Span.Length);
    }

    [Fact]
    public void Dispose_Twice_ReturnsTheMemoryOnce()
    {
        var buffer = PooledBuffer.CopyOf("abc"u8);
        buffer.Dispose();
        buffer.Dispose();
        using PooledBuffer first = PooledBuffer.CopyOf("first"u8), second = PooledBuffer.CopyOf("other"u8);
        Assert.Equal("first"u8, first.Written.Span);
        Assert.Throws<ObjectDisposedException>(() => buffer.Written);
    }

    [Fact]
    public void Dispose_Abandoned_LeavesTheMemoryToItsReader()
    {
        var buffer = PooledBuffer.CopyOf("still read"u8);
        var read = buffer.Written;
        buffer.Abandon();

        buffer.Dispose();

        using var next = PooledBuffer.CopyOf("overwritten"u8);
        Assert.Equal("still read"u8, read.Span);
    }

    [Fact]
    public void Advance_BeyondTheRoom_Throws()
    {
        using var buffer = new PooledBuffer(16);
        var room = buffer.GetSpan().Length;

        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(room + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(-1));
    }
}
