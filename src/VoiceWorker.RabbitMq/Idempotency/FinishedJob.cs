using System.Buffers.Binary;
using System.Text;

namespace VoiceWorker.RabbitMq.Idempotency;

/// <summary>How a job ended.</summary>
/// <param name="Moved">
/// 0 when its reply is ready. Otherwise the attempt whose copy is in a retry queue or in the dead letters: a delivery of
/// that attempt, or of an earlier one, is a leftover.
/// </param>
/// <param name="Reply">The body of its reply; empty when there is none.</param>
/// <param name="RoutingKey">The reply's routing key in the results exchange, which an unknown source language alone does not tell.</param>
/// <param name="IsSent">Whether the broker has the reply; if not, nobody may have seen it.</param>
internal sealed record FinishedJob(int Moved, ReadOnlyMemory<byte> Reply, string RoutingKey = "", bool IsSent = true)
{
    private const int HeadLength = sizeof(int) + 1;

    /// <summary>Reads what <see cref="ToBytes"/> has written.</summary>
    /// <returns>Null when it is something else.</returns>
    public static FinishedJob? FromBytes(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < HeadLength || bytes.Length < HeadLength + bytes.Span[sizeof(int)])
            return null;
        var key = bytes.Slice(HeadLength, bytes.Span[sizeof(int)]);
        return new(BinaryPrimitives.ReadInt32LittleEndian(bytes.Span), bytes[(HeadLength + key.Length)..], Encoding.UTF8.GetString(key.Span));
    }

    /// <summary>The form in which workers share it: the attempt, the routing key with its length in front, the reply.</summary>
    public byte[] ToBytes()
    {
        var key = Encoding.UTF8.GetBytes(RoutingKey);
        var bytes = new byte[HeadLength + key.Length + Reply.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Moved);
        bytes[sizeof(int)] = (byte)key.Length;
        key.CopyTo(bytes, HeadLength);
        Reply.Span.CopyTo(bytes.AsSpan(HeadLength + key.Length));
        return bytes;
    }

    /// <summary>Whether it ends a delivery of the same message, too.</summary>
    /// <param name="attempt">The attempt that the delivery stands for.</param>
    /// <param name="redelivered">Whether the broker has delivered it before.</param>
    public bool Covers(int attempt, bool redelivered) => Moved == 0 || (redelivered && attempt <= Moved);
}
