namespace VoiceWorker.Core.Pipeline;

/// <summary>Counts the jobs in the mesh, and tells when the last one has left after the doors were closed.</summary>
internal sealed class JobCounter
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private bool _closed;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Counts a job in, unless the doors are closed.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (!_closed)
                _count++;
            return !_closed;
        }
    }

    /// <summary>Counts a job out.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            if (--_count == 0 && _closed)
                _idle.TrySetResult();
        }
    }

    /// <summary>Lets no more jobs in; the task ends when the last one has left.</summary>
    public Task Close()
    {
        lock (_lock)
        {
            _closed = true;
            if (_count == 0)
                _idle.TrySetResult();
        }

        return _idle.Task;
    }
}
