namespace VoiceWorker.RabbitMq.Publishing;

/// <summary>Whether messages can be sent, for those who want to wait for the one or the other.</summary>
internal sealed class PublishGate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _open = New();
    private TaskCompletionSource _shut = New();

    public PublishGate() => _shut.SetResult();

    /// <summary>Ends when messages can be sent.</summary>
    public Task Open
    {
        get
        {
            lock (_lock)
                return _open.Task;
        }
    }

    /// <summary>Ends when no messages can be sent.</summary>
    public Task Shut
    {
        get
        {
            lock (_lock)
                return _shut.Task;
        }
    }

    /// <summary>Whether messages can be sent now.</summary>
    public bool IsOpen => Open.IsCompleted;

    public void Set(bool open)
    {
        lock (_lock)
        {
            if (open == _open.Task.IsCompleted)
                return;
            if (open)
                _shut = New();
            else
                _open = New();
            (open ? _open : _shut).SetResult();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
