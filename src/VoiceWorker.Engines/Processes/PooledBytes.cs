using System.Buffers;

namespace VoiceWorker.Engines.Processes;

/// <summary>A growing byte buffer from the shared array pool; its array goes back on <see cref="Dispose"/>.</summary>
/// <param name="initialCapacity">Bytes to rent at first.</param>
/// <param name="limit">At one byte more it is full.</param>
internal sealed class PooledBytes(int initialCapacity, int limit = int.MaxValue) : IChildOutput, IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(initialCapacity);

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <inheritdoc/>
    public bool IsFull => Length > limit;

    /// <summary>What was written; valid until the next <see cref="Reserve"/> or <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Length);

    /// <summary>Room for at least <paramref name="count"/> more bytes.</summary>
    public Memory<byte> Reserve(int count)
    {
        if (_buffer.Length - Length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, Length + count));
            _buffer.AsSpan(0, Length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsMemory(Length);
    }

    /// <summary>Counts bytes that were written into the reserved room.</summary>
    public void Advance(int count) => Length += count;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_buffer.Length == 0)
            return;

        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        Length = 0;
    }
}
