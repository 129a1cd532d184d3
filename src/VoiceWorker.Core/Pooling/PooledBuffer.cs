using System.Buffers;

namespace VoiceWorker.Core.Pooling;

/// <summary>Bytes in pooled memory that grows as they are written. Not thread-safe.</summary>
/// <param name="capacity">Bytes to rent at first.</param>
public sealed class PooledBuffer(int capacity) : IBufferWriter<byte>, IDisposable
{
    private PooledMemory<byte>? _memory = new(capacity);

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until room is asked for again, or the buffer's end.</summary>
    /// <exception cref="ObjectDisposedException">The buffer is at its end.</exception>
    public ReadOnlyMemory<byte> Written => Rented.Memory[..Length];

    private PooledMemory<byte> Rented
    {
        get
        {
            ObjectDisposedException.ThrowIf(_memory is null, this);
            return _memory;
        }
    }

    /// <summary>A copy of some bytes.</summary>
    public static PooledBuffer CopyOf(ReadOnlySpan<byte> bytes)
    {
        var copy = new PooledBuffer(bytes.Length);
        bytes.CopyTo(copy.Rented.GetSpan());
        copy.Length = bytes.Length;
        return copy;
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(Rented.GetSpan().Length - Length), nameof(count));
        Length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return Rented.Memory[Length..];
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return Rented.GetSpan()[Length..];
    }

    /// <summary>Keeps the memory out of the pool for ever: somebody who does not answer any more may still read it.</summary>
    public void Abandon() => _memory?.Abandon();

    /// <summary>Returns the memory; a second time does nothing.</summary>
    public void Dispose() => ((IDisposable?)Interlocked.Exchange(ref _memory, null))?.Dispose();

    private void Reserve(int sizeHint)
    {
        var rented = Rented;
        var size = rented.GetSpan().Length;
        if (size - Length >= Math.Max(sizeHint, 1))
            return;
        var larger = new PooledMemory<byte>(Math.Max(2 * size, Length + Math.Max(sizeHint, 256)));
        rented.GetSpan()[..Length].CopyTo(larger.GetSpan());
        _memory = larger;
        ((IDisposable)rented).Dispose();
    }
}
