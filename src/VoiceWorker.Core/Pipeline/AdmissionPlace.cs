namespace VoiceWorker.Core.Pipeline;

/// <summary>A job's place in the first stages, or its turn in the queue for one. Disposing it lets the next job in.</summary>
internal sealed class AdmissionPlace(Admission admission, bool isLong) : IDisposable
{
    private readonly TaskCompletionSource _admitted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _left;

    /// <summary>Whether the job counts against the share of long recordings.</summary>
    public bool IsLong => isLong;

    /// <summary>Ends when it is the job's turn; cancelled when the job no longer waits.</summary>
    public Task Admitted => _admitted.Task;

    /// <summary>Gives the job its turn.</summary>
    /// <returns>False when it no longer waits.</returns>
    public bool TryAdmit() => _admitted.TrySetResult();

    /// <summary>Ends the wait.</summary>
    /// <returns>False when the job has had its turn.</returns>
    public bool TryCancel() => _admitted.TrySetCanceled();

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _left, true) && !TryCancel())
            admission.Leave(this);
    }
}
