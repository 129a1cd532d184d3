using System.Runtime.InteropServices;
using VoiceWorker.Core.Pooling;

namespace VoiceWorker.UnitTests.Pooling;

public sealed class PooledMemoryTests
{
    [Fact]
    public void Dispose_Twice_IsFoundOut()
    {
        IDisposable memory = new PooledMemory<byte>(100);
        memory.Dispose();

        Assert.Throws<InvalidOperationException>(memory.Dispose);
    }

    [Fact]
    public void Span_AfterTheReturn_CannotBeHad()
    {
        var memory = new PooledMemory<float>(100);
        ReadOnlyMemory<float> handedOut = memory.Memory[10..20];

        ((IDisposable)memory).Dispose();

        Assert.Throws<ObjectDisposedException>(() => handedOut.Span[0]);
        Assert.Throws<ObjectDisposedException>(() => handedOut.Pin());
        Assert.Throws<ObjectDisposedException>(() => MemoryMarshal.TryGetArray(handedOut, out _));
    }

    [Fact]
    public void Pin_APart_PointsToIt()
    {
        using var memory = new PooledMemory<int>(100);
        memory.GetSpan()[7] = 42;

        using var pin = memory.Memory[7..].Pin();

        Assert.Equal(42, Pointed());

        unsafe int Pointed() => *(int*)pin.Pointer;
    }

    /// <summary>Whoever holds memory is the only one; what is abandoned stays as it is for as long as anybody looks.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void RentAndReturn_AnySequence_NobodySeesAnothersBytes(int seed)
    {
        var random = new Random(seed);
        var held = new List<(PooledMemory<byte> Memory, byte Mark)>();
        var abandoned = new List<(ReadOnlyMemory<byte> Read, byte Mark)>();
        for (var step = 0; step < 5000; step++)
        {
            var which = held.Count == 0 ? 0 : random.Next(held.Count);
            switch (random.Next(4))
            {
                case 0 or 1 when held.Count < 50:
                    var rented = new PooledMemory<byte>(random.Next(1, 3000));
                    var mark = (byte)random.Next(255);
                    rented.GetSpan().Fill(mark);
                    held.Add((rented, mark));
                    break;
                case 2 when held.Count > 0:
                    ((IDisposable)held[which].Memory).Dispose();
                    held.RemoveAt(which);
                    break;
                case 3 when held.Count > 0 && abandoned.Count < 100:
                    abandoned.Add((held[which].Memory.Memory, held[which].Mark));
                    held[which].Memory.Abandon();
                    ((IDisposable)held[which].Memory).Dispose();
                    held.RemoveAt(which);
                    break;
            }

            Assert.All(held.TakeLast(3), one => Assert.Equal(-1, one.Memory.GetSpan().IndexOfAnyExcept(one.Mark)));
        }

        Assert.All(held, one => Assert.Equal(-1, one.Memory.GetSpan().IndexOfAnyExcept(one.Mark)));
        Assert.All(abandoned, one => Assert.Equal(-1, one.Read.Span.IndexOfAnyExcept(one.Mark)));
        held.ForEach(one => ((IDisposable)one.Memory).Dispose());
    }
}
