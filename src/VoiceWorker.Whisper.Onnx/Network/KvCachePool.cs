using System.Collections.Concurrent;

namespace VoiceWorker.Whisper.Onnx.Network;

/// <summary>
/// Keeps stores of one size for reuse: a window's are tens of megabytes, and fresh memory costs more than filling it.
/// A store that were returned twice would be rented by two recordings, and each would read the other's words.
/// </summary>
/// <param name="heads">Attention heads.</param>
/// <param name="width">Dimensions of a head.</param>
/// <param name="capacity">Positions at most.</param>
/// <param name="kept">Stores to keep at most.</param>
internal sealed class KvCachePool(int heads, int width, int capacity, int kept) : IDisposable
{
    private readonly ConcurrentBag<KvCache> _free = [];
    private volatile bool _disposed;

    /// <summary>An empty store.</summary>
    public KvCache Rent()
    {
        if (!_free.TryTake(out var store))
            return new KvCache(heads, width, capacity);
        store.Take();
        return store;
    }

    /// <summary>Takes a store back.</summary>
    /// <exception cref="InvalidOperationException">It is back already.</exception>
    public void Return(KvCache store)
    {
        if (!store.TryRelease())
            throw new InvalidOperationException("A store of keys and values was returned twice.");
        if (_disposed || _free.Count >= kept)
            store.Dispose();
        else
            _free.Add(store);
    }

    public void Dispose()
    {
        _disposed = true;
        while (_free.TryTake(out var store))
            store.Dispose();
    }
}
