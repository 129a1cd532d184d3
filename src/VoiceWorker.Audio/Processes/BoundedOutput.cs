using VoiceWorker.Core.Pooling;

namespace VoiceWorker.Audio.Processes;

/// <summary>Keeps what a child process writes.</summary>
/// <param name="buffer">Where to.</param>
/// <param name="limit">Bytes; at one more it is full.</param>
public sealed class BoundedOutput(PooledBuffer buffer, int limit) : IChildOutput
{
    /// <inheritdoc/>
    public bool IsFull => buffer.Length > limit;

    /// <inheritdoc/>
    public Memory<byte> Reserve(int count) => buffer.GetMemory(count);

    /// <inheritdoc/>
    public void Advance(int count) => buffer.Advance(count);
}
