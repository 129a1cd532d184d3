using System.Threading.RateLimiting;

namespace VoiceWorker.RabbitMq.Consuming;

/// <summary>How many bytes of bodies the worker holds at a time; first come, first served.</summary>
internal sealed class ByteBudget : IDisposable
{
    // The limiter counts in 32 bits.
    private const int Unit = 1024;

    private readonly ConcurrencyLimiter _limiter;
    private readonly int _units;

    public ByteBudget(long bytes)
    {
        _units = (int)Math.Clamp(bytes / Unit, 1, int.MaxValue);
        _limiter = new(new ConcurrencyLimiterOptions { PermitLimit = _units, QueueLimit = int.MaxValue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
    }

    /// <summary>Waits for room; disposing the lease requeues it. What is larger than the whole budget takes all of it.</summary>
    public ValueTask<RateLimitLease> AcquireAsync(int bytes, CancellationToken cancellationToken) =>
        _limiter.AcquireAsync(Math.Min((bytes / Unit) + 1, _units), cancellationToken);

    public void Dispose() => _limiter.Dispose();
}
