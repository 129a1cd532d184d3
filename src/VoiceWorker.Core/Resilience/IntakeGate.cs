namespace VoiceWorker.Core.Resilience;

/// <summary>Shut while at least one engine that no job can do without is down.</summary>
internal sealed class IntakeGate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _paused = New();
    private TaskCompletionSource _open = Completed();
    private readonly HashSet<object> _shutBy = [];
    private volatile bool _isPaused;

    public bool IsPaused => _isPaused;

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

    /// <summary>Shuts the gate; a second time does nothing.</summary>
    /// <param name="by">Who has to open it again.</param>
    public void Shut(object by)
    {
        lock (_lock)
        {
            if (!_shutBy.Add(by) || _isPaused)
                return;
            _isPaused = true;
            _open = New();
            _paused.SetResult();
        }
    }

    /// <summary>Opens the gate as far as one of those who shut it is concerned; a second time does nothing.</summary>
    /// <param name="by">Who has shut it.</param>
    public void Reopen(object by)
    {
        lock (_lock)
        {
            if (!_shutBy.Remove(by) || _shutBy.Count > 0)
                return;
            _isPaused = false;
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
