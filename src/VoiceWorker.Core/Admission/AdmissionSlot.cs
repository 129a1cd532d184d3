namespace VoiceWorker.Core.Admission;

/// <summary>A job's place in the first stages, or its turn in the queue for one. What its admission counts is changed under the admission's lock alone.</summary>
/// <param name="admission">Where it waits.</param>
/// <param name="account">Its sender's account.</param>
/// <param name="arrival">Its number in the order of arrival.</param>
/// <param name="cost">What it will cost, roughly, in seconds of speech.</param>
/// <param name="headStart">How much sooner it goes for its priority, in seconds.</param>
/// <param name="isLong">Whether the job counts against the share of long recordings.</param>
internal sealed class AdmissionSlot(AdmissionOrder admission, SenderAccount account, long arrival, double cost, double headStart, bool isLong) : IDisposable
{
    private readonly TaskCompletionSource _admitted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _charge;

    /// <summary>Whether the job counts against the share of long recordings.</summary>
    public bool IsLong => isLong;

    /// <summary>What it will cost, roughly, in seconds of speech.</summary>
    public double Cost => cost;

    /// <summary>Its sender's account.</summary>
    public SenderAccount Account => account;

    /// <summary>Where it is.</summary>
    public AdmissionState State { get; private set; }

    /// <summary>Ends when it is the job's turn; cancelled when the job no longer waits.</summary>
    public Task Admitted => _admitted.Task;

    /// <summary>When it would have finished, were it its sender's only one; among one sender's jobs the least goes first.</summary>
    internal double Due { get; private set; }

    /// <summary>Ends the wait.</summary>
    /// <returns>False when it waits no more.</returns>
    public bool TryCancel() => admission.TryWithdraw(this);

    /// <summary>Gives the place back, or ends the wait for it; the second time does nothing.</summary>
    /// <param name="done">What was done for the job, in the time that its speech takes.</param>
    public void Leave(TimeSpan done) => admission.Leave(this, done);

    /// <summary>Gives the place back; nothing was done.</summary>
    public void Dispose() => Leave(TimeSpan.Zero);

    /// <summary>Whether its turn comes before another sender's job's.</summary>
    internal bool GoesBefore(AdmissionSlot other) => (Rank, arrival).CompareTo((other.Rank, other.Arrival)) < 0;

    internal void Wait() => Due = Rank;

    internal void Admit()
    {
        State = AdmissionState.Admitted;
        _charge = account.Charge(cost);
        _admitted.SetResult();
    }

    internal void Leave(double done)
    {
        State = AdmissionState.Gone;
        account.Correct(_charge, done - cost);
    }

    internal void Cancel()
    {
        State = AdmissionState.Gone;
        _admitted.SetCanceled();
    }

    private long Arrival => arrival;

    private double Rank => account.Finish + cost - headStart;
}
