namespace VoiceWorker.RabbitMq.Publishing;

/// <summary>
/// The right to have one message on its way, with the clock of it. Slots are used again and again, so that a
/// publish costs neither a timer nor a cancellation source.
/// </summary>
internal sealed class PublishSlot(TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private CancellationTokenSource _source = new();
    private CancellationTokenRegistration _caller;
    private long _startedAt;
    private TimeSpan _limit;
    private bool _active;

    /// <summary>Whether the clock, and not the caller, ended the last publish.</summary>
    public bool TimedOut { get; private set; }

    /// <summary>Time since the message set out.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_startedAt);

    /// <summary>Starts the clock; the token fires when it runs out or the caller gives up.</summary>
    public CancellationToken Begin(TimeSpan limit, CancellationToken caller)
    {
        lock (_lock)
        {
            TimedOut = false;
            _limit = limit;
            _startedAt = time.GetTimestamp();
            _active = true;
        }

        _caller = caller.UnsafeRegister(static slot => ((PublishSlot)slot!)._source.Cancel(), this);
        return _source.Token;
    }

    /// <summary>Stops the clock.</summary>
    public void End()
    {
        _caller.Dispose();
        lock (_lock)
        {
            _active = false;
            // A source that has fired may still be busy telling so; it is left to the garbage collector.
            if (!_source.TryReset())
                _source = new CancellationTokenSource();
        }
    }

    /// <summary>Gives the message its whole time again.</summary>
    public void Restart()
    {
        lock (_lock)
            _startedAt = time.GetTimestamp();
    }

    /// <summary>Ends a publish that takes too long.</summary>
    public void CancelWhenLate()
    {
        lock (_lock)
        {
            if (!_active || Elapsed < _limit)
                return;
            TimedOut = true;
            // Asynchronously: what waits for the token must not run under the lock.
            _ = _source.CancelAsync();
        }
    }

    public void Dispose() => _source.Dispose();
}
