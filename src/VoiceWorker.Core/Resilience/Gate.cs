namespace VoiceWorker.Core.Resilience;

/// <summary>Open or shut, for those who want to know and those who want to wait for the one or the other.</summary>
public sealed class Gate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _open = New();
    private TaskCompletionSource _shut = New();
    private volatile bool _isOpen;

    /// <summary>Makes a gate.</summary>
    /// <param name="isOpen">Whether it is open at first.</param>
    public Gate(bool isOpen)
    {
        _isOpen = isOpen;
        (isOpen ? _open : _shut).SetResult();
    }

    /// <summary>Whether it is open now.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>Ends when it opens; at once while it is open.</summary>
    public Task Open
    {
        get
        {
            lock (_lock)
                return _open.Task;
        }
    }

    /// <summary>Ends when it shuts; at once while it is shut.</summary>
    public Task Shut
    {
        get
        {
            lock (_lock)
                return _shut.Task;
        }
    }

    /// <summary>Opens or shuts it; a second time does nothing.</summary>
    /// <param name="open">Whether it is to be open.</param>
    public void Set(bool open)
    {
        lock (_lock)
        {
            if (open == _isOpen)
                return;
            _isOpen = open;
            if (open)
                _shut = New();
            else
                _open = New();
            (open ? _open : _shut).SetResult();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
