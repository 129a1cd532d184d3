namespace VoiceWorker.Core.Pipeline;

/// <summary>Shut while at least one engine that no job can do without is down.</summary>
internal sealed class IntakeGate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _paused = New();
    private TaskCompletionSource _open = Completed();
    private int _reasons;

    public bool IsPaused => Volatile.Read(ref _reasons) > 0;

    /// <summary>Ends when the gate shuts.</summary>
    public Task Paused
    {
        get
        {
            lock (_lock)
                return _paused.Task;
        }
    }

    /// <summary>Ends when the gate opens.</summary>
    public Task Open
    {
        get
        {
            lock (_lock)
                return _open.Task;
        }
    }

    public void AddReason()
    {
        lock (_lock)
        {
            if (++_reasons > 1)
                return;
            _open = New();
            _paused.SetResult();
        }
    }

    public void RemoveReason()
    {
        lock (_lock)
        {
            if (--_reasons > 0)
                return;
            _paused = New();
            _open.SetResult();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource Completed()
    {
        var source = New();
        source.SetResult();
        return source;
    }
}
