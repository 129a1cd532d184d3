using System.Threading.RateLimiting;
using VoiceWorker.Core.Pooling;

namespace VoiceWorker.Host.RabbitMq;

/// <summary>A job's own copy of its message's body, in pooled memory, with its share of the byte budget.</summary>
internal sealed class JobBody : IDisposable
{
    private readonly PooledBuffer _copy;
    private readonly RateLimitLease _room;
    private readonly RabbitMqMetrics _metrics;

    public JobBody(ReadOnlyMemory<byte> bytes, RateLimitLease room, RabbitMqMetrics metrics)
    {
        (_copy, _room, _metrics) = (PooledBuffer.CopyOf(bytes.Span), room, metrics);
        metrics.BytesInFlight.Inc(bytes.Length);
    }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Bytes => _copy.Written;

    /// <summary>Keeps the memory out of the pool for ever: work that was given up may still read it. Its share of the budget is given back all the same.</summary>
    public void Abandon() => _copy.Abandon();

    public void Dispose()
    {
        _metrics.BytesInFlight.Dec(_copy.Written.Length);
        _copy.Dispose();
        _room.Dispose();
    }
}
