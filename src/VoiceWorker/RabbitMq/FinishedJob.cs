using System.Buffers.Binary;

namespace VoiceWorker.Host.RabbitMq;

/// <summary>How a job ended.</summary>
/// <param name="Moved">
/// 0 when it was answered for good. Otherwise the attempt whose copy is in a retry queue or in the dead letters: a
/// delivery of that attempt, or of an earlier one, is a leftover.
/// </param>
/// <param name="Reply">The body of the reply that went out; empty when none did.</param>
internal sealed record FinishedJob(int Moved, ReadOnlyMemory<byte> Reply)
{
    /// <summary>Reads what <see cref="ToBytes"/> has written.</summary>
    public static FinishedJob FromBytes(ReadOnlyMemory<byte> bytes) =>
        new(BinaryPrimitives.ReadInt32LittleEndian(bytes.Span), bytes[sizeof(int)..]);

    /// <summary>The form in which workers share it.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[sizeof(int) + Reply.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Moved);
        Reply.Span.CopyTo(bytes.AsSpan(sizeof(int)));
        return bytes;
    }

    /// <summary>Whether it ends a delivery of the same message, too.</summary>
    /// <param name="attempt">The attempt that the delivery stands for.</param>
    /// <param name="redelivered">Whether the broker has delivered it before.</param>
    public bool Covers(int attempt, bool redelivered) => Moved == 0 || (redelivered && attempt <= Moved);
}
