namespace VoiceWorker.RabbitMq.Consuming;

/// <summary>
/// Lets one isolated job run while no other job is in flight. Such a job may kill its worker; alone, it takes no other
/// one along.
/// </summary>
internal sealed class Isolation
{
    private volatile TaskCompletionSource<TaskCompletionSource<bool>> _wanted = New<TaskCompletionSource<bool>>();

    /// <summary>Ends when a job waits for its turn.</summary>
    public Task Wanted => _wanted.Task;

    /// <summary>Waits until nothing else is in flight. Only one job waits at a time: the isolation queue is consumed with a prefetch of 1.</summary>
    /// <returns>Whether it is the job's turn; false when the worker takes no more jobs.</returns>
    public Task<bool> WaitAsync()
    {
        var turn = New<bool>();
        _wanted.TrySetResult(turn);
        return turn.Task;
    }

    /// <summary>Tells the job that waits, if one does, whether it may run.</summary>
    public void Answer(bool run)
    {
        var wanted = _wanted;
        if (!wanted.Task.IsCompleted)
            return;
        _wanted = New<TaskCompletionSource<bool>>();
        wanted.Task.Result.SetResult(run);
    }

    private static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
