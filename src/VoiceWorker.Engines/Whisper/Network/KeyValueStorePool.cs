using System.Collections.Concurrent;

namespace VoiceWorker.Engines.Whisper.Network;

/// <summary>
/// Keeps stores of one size for reuse: a window's are tens of megabytes, and fresh memory costs more than filling it.
/// A store that were returned twice would be rented by two recordings, and each would read the other's words.
/// </summary>
/// <param name="heads">Attention heads.</param>
/// <param name="width">Dimensions of a head.</param>
/// <param name="capacity">Positions at most.</param>
/// <param name="kept">Stores to keep at most.</param>
internal sealed class KeyValueStorePool(int heads, int width, int capacity, int kept) : IDisposable
{
    private readonly ConcurrentBag<KeyValueStore> _free = [];
    private volatile bool _disposed;

    /// <summary>An empty store.</summary>
    public KeyValueStore Rent()
    {
        if (!_free.TryTake(out var store))
            return new KeyValueStore(heads, width, capacity);
        store.Take();
        return store;
    }

    /// <summary>Takes a store back.</summary>
    /// <exception cref="InvalidOperationException">It is back already.</exception>
    public void Return(KeyValueStore store)
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
