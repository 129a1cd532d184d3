using System.Threading.RateLimiting;
using VoiceWorker.Core.Pooling;

namespace VoiceWorker.RabbitMq.Consuming;

/// <summary>A job's own copy of its message's body, in pooled memory, with its share of the byte budget.</summary>
internal sealed class JobBody : IDisposable
{
    private readonly PooledBuffer _copy;
    private readonly RateLimitLease _room;
    private readonly RabbitMqMetrics _metrics;

    private JobBody(PooledBuffer copy, RateLimitLease room, RabbitMqMetrics metrics)
    {
        (_copy, _room, _metrics) = (copy, room, metrics);
        metrics.BytesInFlight.Inc(copy.Written.Length);
    }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Bytes => _copy.Written;

    /// <summary>Copies a body; where there is no memory for that, its room is requeued.</summary>
    public static JobBody CopyOf(ReadOnlyMemory<byte> bytes, RateLimitLease room, RabbitMqMetrics metrics)
    {
        try
        {
            return new(PooledBuffer.CopyOf(bytes.Span), room, metrics);
        }
        catch
        {
            room.Dispose();
            throw;
        }
    }

    /// <summary>Keeps the memory out of the pool for ever: work that was given up may still read it. Its share of the budget is requeued all the same.</summary>
    public void Abandon() => _copy.Abandon();

    public void Dispose()
    {
        _metrics.BytesInFlight.Dec(_copy.Written.Length);
        _copy.Dispose();
        _room.Dispose();
    }
}
