using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.RabbitMq.Consuming;

/// <summary>
/// Notices a consumer that stands still: jobs wait in the queue, nothing is in flight here, and none is delivered. Then the
/// worker says that it is not ready, and consumes anew on another connection. Jobs that the broker counts as delivered, and
/// has dropped, are seen by nobody: a broker's channel does that when a queue was deleted and declared again before it heard
/// of it (seen on 3.10.8). So a worker that got nothing for long opens its channels anew, too, and says nothing about it.
/// </summary>
internal sealed class ConsumerWatch(IJobSink sink, IOptions<RabbitMqOptions> options, TimeProvider time, ILogger<ConsumerWatch> log) : IDisposable
{
    // Two counts of the queue at least lie within it.
    private readonly TimeSpan _limit = 2 * options.Value.ObserveInterval;
    private readonly TimeSpan _quietLimit = 4 * options.Value.ObserveInterval;
    private CancellationTokenSource _stalled = new();
    private volatile TaskCompletionSource _quiet = New();
    private long _lastDelivery = time.GetTimestamp();
    private long? _waitingSince;
    private volatile bool _consuming;

    /// <summary>Fires when the consumer is found to stand still.</summary>
    public CancellationToken Stalled => _stalled.Token;

    /// <summary>Ends when nothing was delivered for long and nothing is in flight, since <see cref="SetConsuming"/> was called last.</summary>
    public Task Quiet => _quiet.Task;

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
        _quiet = New();
        _consuming = consuming;
    }

    /// <summary>Notes how many messages wait in the queue of jobs.</summary>
    /// <param name="messages">The count; NaN when it is not known.</param>
    public void Observe(double messages)
    {
        var now = time.GetTimestamp();
        var lastDelivery = Volatile.Read(ref _lastDelivery);
        var idle = _consuming && sink.JobsInFlight == 0;
        if (idle && time.GetElapsedTime(lastDelivery, now) >= _quietLimit)
            _quiet.TrySetResult();
        _waitingSince = messages > 0 && idle ? _waitingSince ?? now : null;
        if (_waitingSince is not { } since || time.GetElapsedTime(Math.Max(since, lastDelivery), now) < _limit)
            return;
        IsStalled = true;
        _waitingSince = null;
        Log.ConsumerStalled(log, options.Value.Queue, messages, _limit);
        using var stalled = Interlocked.Exchange(ref _stalled, new());
        stalled.Cancel();
    }

    public void Dispose() => _stalled.Dispose();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
