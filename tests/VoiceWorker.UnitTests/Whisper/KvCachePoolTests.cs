using VoiceWorker.Whisper.Onnx.Network;

namespace VoiceWorker.UnitTests.Whisper;

public sealed class KvCachePoolTests
{
    private const int Width = 32;

    [Fact]
    public void Return_Twice_IsFoundOutAndHarmless()
    {
        using var pool = new KvCachePool(heads: 1, Width, capacity: 32, kept: 8);
        var store = pool.Rent();
        pool.Return(store);

        Assert.Throws<InvalidOperationException>(() => pool.Return(store));

        Assert.NotSame(pool.Rent(), pool.Rent());
    }

    [Fact]
    public void Store_AfterItsReturn_CannotBeUsed()
    {
        using var pool = new KvCachePool(heads: 1, Width, capacity: 32, kept: 8);
        var (store, other) = (pool.Rent(), pool.Rent());
        store.Append(new float[Width], new float[Width]);
        pool.Return(store);

        Assert.Throws<ObjectDisposedException>(() => store.Append(new float[Width], new float[Width]));
        Assert.Throws<ObjectDisposedException>(() => store.Attend(0, new float[Width], 1, new float[Width]));
        Assert.Throws<ObjectDisposedException>(() => other.CopyFrom(store));
    }

    [Fact]
    public void Memory_DisposedTwice_GivesItsStoresBackOnce()
    {
        using var pool = new KvCachePool(heads: 1, Width, capacity: 32, kept: 8);
        var text = new SelfAttentionCache([pool.Rent(), pool.Rent()], pool.Return);
        var audio = new CrossAttentionCache([pool.Rent()], pool.Return);

        text.Dispose();
        audio.Dispose();
        text.Dispose();
        audio.Dispose();

        Assert.Equal(6, Enumerable.Range(0, 6).Select(_ => pool.Rent()).Distinct().Count());
        Assert.Throws<ObjectDisposedException>(() => text[0]);
        Assert.Throws<ObjectDisposedException>(() => text.Position);
        Assert.Throws<ObjectDisposedException>(() => audio[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void RentAndReturn_AnySequence_NobodySharesAStore(int seed)
    {
        var random = new Random(seed);
        using var pool = new KvCachePool(heads: 1, Width, capacity: 32, kept: 5);
        var (rented, returned) = (new HashSet<KvCache>(), new HashSet<KvCache>());
        for (var step = 0; step < 2000; step++)
        {
            switch (random.Next(5))
            {
                case < 2:
                    var store = pool.Rent();
                    Assert.True(rented.Add(store));
                    Assert.Equal(0, store.Count);
                    store.Append(new float[Width], new float[Width]);
                    returned.Remove(store);
                    break;
                case < 4 when rented.Count > 0:
                    store = rented.ElementAt(random.Next(rented.Count));
                    pool.Return(store);
                    rented.Remove(store);
                    returned.Add(store);
                    break;
                case 4 when returned.Count > 0:
                    Assert.Throws<InvalidOperationException>(() => pool.Return(returned.ElementAt(random.Next(returned.Count))));
                    break;
            }
        }
    }
}
