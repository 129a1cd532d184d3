using Microsoft.Extensions.Options;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Host.RabbitMq;

/// <summary>
/// Notices a consumer that stands still: jobs wait in the queue, nothing is in flight here, and none is delivered. No known
/// fault leads there; should one, the worker says that it is not ready, and consumes anew on another connection.
/// </summary>
internal sealed class ConsumerWatch(IJobSink sink, IOptions<RabbitMqOptions> options, TimeProvider time, ILogger<ConsumerWatch> log) : IDisposable
{
    // Two counts of the queue at least lie within it.
    private readonly TimeSpan _limit = 2 * options.Value.ObserveInterval;
    private CancellationTokenSource _stalled = new();
    private long _lastDelivery = time.GetTimestamp();
    private long? _waitingSince;
    private volatile bool _consuming;

    /// <summary>Fires when the consumer is found to stand still.</summary>
    public CancellationToken Stalled => _stalled.Token;

    /// <summary>Whether the consumer stood still when the queue was counted last.</summary>
    public bool IsStalled { get; private set; }

    /// <summary>Notes a delivery.</summary>
    public void Delivered()
    {
        Volatile.Write(ref _lastDelivery, time.GetTimestamp());
        IsStalled = false;
    }

    /// <summary>Notes that jobs are being taken from now on, or no more.</summary>
    public void SetConsuming(bool consuming)
    {
        Volatile.Write(ref _lastDelivery, time.GetTimestamp());
        _consuming = consuming;
    }

    /// <summary>Notes how many messages wait in the queue of jobs.</summary>
    /// <param name="messages">The count; NaN when it is not known.</param>
    public void Observe(double messages)
    {
        var now = time.GetTimestamp();
        _waitingSince = messages > 0 && _consuming && sink.JobsInFlight == 0 ? _waitingSince ?? now : null;
        if (_waitingSince is not { } since || time.GetElapsedTime(Math.Max(since, Volatile.Read(ref _lastDelivery)), now) < _limit)
            return;
        IsStalled = true;
        _waitingSince = null;
        Log.ConsumerStalled(log, options.Value.Queue, messages, _limit);
        using var stalled = Interlocked.Exchange(ref _stalled, new());
        stalled.Cancel();
    }

    public void Dispose() => _stalled.Dispose();
}
