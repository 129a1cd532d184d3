using System.Buffers;
using System.Runtime.InteropServices;

namespace VoiceWorker.Core.Pooling;

/// <summary>
/// An array of the shared pool with one owner, who disposes it once. Nothing else in the project rents one, so that these
/// rules hold everywhere: nothing is returned twice; what is returned cannot be read any more through a
/// <see cref="Memory{T}"/> that was handed out before; and what work that was given up may still read is abandoned, which
/// means that it is never returned, but left to the garbage collector.
/// </summary>
/// <typeparam name="T">What it holds.</typeparam>
public sealed unsafe class PooledMemory<T> : MemoryManager<T>
    where T : unmanaged
{
    private const int Rented = 0;
    private const int Returned = 1;
    private const int Abandoned = 2;
    private const byte Rubbish = 0xff;

    private readonly T[] _array;
    private int _state;

    /// <summary>Rents it; what is in it is anybody's.</summary>
    /// <param name="length">At least so long.</param>
    public PooledMemory(int length) => _array = Pool.Rent(length);

#pragma warning disable RS0030 // The one place that rents.
    private static ArrayPool<T> Pool => ArrayPool<T>.Shared;
#pragma warning restore RS0030

    private T[] Array
    {
        get
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _state) == Returned, this);
            return _array;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">It has been returned.</exception>
    public override Span<T> GetSpan() => Array;

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(elementIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(elementIndex, _array.Length);
        var handle = GCHandle.Alloc(Array, GCHandleType.Pinned);
        return new MemoryHandle((T*)handle.AddrOfPinnedObject() + elementIndex, handle);
    }

    /// <inheritdoc/>
    public override void Unpin()
    {
        // Each handle keeps its own pin.
    }

    /// <summary>Keeps it out of the pool for ever: somebody who does not answer any more may still read it.</summary>
    public void Abandon() => Interlocked.CompareExchange(ref _state, Abandoned, Rented);

    /// <inheritdoc/>
    protected override bool TryGetArray(out ArraySegment<T> segment)
    {
        segment = new(Array);
        return true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        switch (Interlocked.CompareExchange(ref _state, Returned, Rented))
        {
            case Rented:
                if (PoolGuard.IsOn)
                    MemoryMarshal.AsBytes(_array.AsSpan()).Fill(Rubbish);
                Pool.Return(_array);
                break;
            case Returned when PoolGuard.IsOn:
                throw new InvalidOperationException($"Memory of {_array.Length} {typeof(T).Name} was returned to its pool twice.");
        }
    }
}
