using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Core.Admission;

/// <summary>
/// Lets jobs into the first stages: a semaphore with an order, self-clocked fair queueing (S. J. Golestani, 1994). A job
/// finishes, in virtual time, as much after its sender's job before it as it costs, and the one that finishes first goes
/// first. A sender who comes back after a pause starts at virtual time, which is where the job last let in finishes: it
/// owes nothing for what it used while nobody else wanted it. A job that ends is charged what was done for it.
/// </summary>
/// <remarks>
/// So short jobs pass long ones, the senders that wait share the places evenly, and nobody waits for ever: each job let
/// in moves virtual time to where it finishes, and who comes after that finishes later still. Start-time fair queueing
/// (P. Goyal et al., 1996) takes the start of the job last let in instead. Its clock stands still while each job has a
/// new sender, and then whoever is short enough passes the others without end.
/// </remarks>
/// <param name="places">How many jobs are let in at a time.</param>
/// <param name="longPlaces">How many of them may be long.</param>
/// <param name="options">The rules.</param>
internal sealed class AdmissionOrder(int places, int longPlaces, AdmissionOptions options)
{
    // In seconds of speech. Every job is some work however short it is, even one that fails at once, and none is longer
    // than a day whatever it claims.
    private const double LeastCost = 1;
    private const double LeastCharge = 0.1;
    private const double MaxCost = 86_400;

    private readonly Lock _lock = new();
    private readonly SenderAccounts _accounts = new();
    private readonly List<SenderAccount> _waiting = [];
    private double _virtualTime;
    private long _arrivals;
    private int _admitted;
    private int _longAdmitted;
    private bool _closed;

    /// <summary>How many jobs are in, and how many of them are long.</summary>
    public (int All, int Long) Admitted
    {
        get
        {
            lock (_lock)
                return (_admitted, _longAdmitted);
        }
    }

    /// <summary>Joins the queue for a place; look at <see cref="AdmissionSlot.Admitted"/> for the turn.</summary>
    /// <param name="job">Whose priority and sender count; without a sender it is one of its own.</param>
    /// <param name="length">How long its speech is, roughly.</param>
    public AdmissionSlot Enter(VoiceJob job, TimeSpan length)
    {
        var cost = Math.Clamp(length.TotalSeconds, LeastCost, MaxCost);
        lock (_lock)
        {
            var account = options.FairBySender && job.SenderId is { } sender ? _accounts.Of(sender, _virtualTime) : new SenderAccount();
            var place = new AdmissionSlot(this, account, _arrivals++, cost, job.Priority * options.PriorityHeadStart.TotalSeconds, length > options.LongAudio);
            if (_closed)
            {
                place.Cancel();
                return place;
            }

            if (!account.HasWaiting)
                _waiting.Add(account);
            account.Join(place, _virtualTime);
            LetIn();
            return place;
        }
    }

    /// <summary>Lets nobody in any more: those that wait are cancelled.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            while (_waiting.Count > 0)
                Withdraw(_waiting[^1].FirstOf(longToo: true)!);
        }
    }

    /// <summary>Ends a job's wait.</summary>
    /// <returns>False when it waits no more.</returns>
    internal bool TryWithdraw(AdmissionSlot place)
    {
        lock (_lock)
        {
            if (place.State != AdmissionState.Waiting)
                return false;
            Withdraw(place);
            return true;
        }
    }

    /// <summary>Takes a job out, wherever it is; a place that it has goes to the next job, once.</summary>
    /// <param name="place">The job's place.</param>
    /// <param name="done">What was done for it, in seconds of speech.</param>
    internal void Leave(AdmissionSlot place, TimeSpan done)
    {
        lock (_lock)
        {
            if (place.State == AdmissionState.Waiting)
                Withdraw(place);
            if (place.State != AdmissionState.Admitted)
                return;
            place.Leave(Math.Clamp(done.TotalSeconds, LeastCharge, MaxCost));
            _admitted--;
            _longAdmitted -= place.IsLong ? 1 : 0;
            if (_waiting.Count == 0)
                _virtualTime = Math.Max(_virtualTime, place.Account.Finish);
            LetIn();
        }
    }

    private void LetIn()
    {
        while (_admitted < places && Next() is { } place)
        {
            _admitted++;
            _longAdmitted += place.IsLong ? 1 : 0;
            Remove(place);
            place.Admit();
            _virtualTime = Math.Max(_virtualTime, place.Account.Finish);
        }
    }

    // A few dozen wait at most: what the consumer's prefetch leaves over.
    private AdmissionSlot? Next()
    {
        AdmissionSlot? next = null;
        foreach (var account in _waiting)
        {
            if (account.FirstOf(longToo: _longAdmitted < longPlaces) is { } first && (next is null || first.GoesBefore(next)))
                next = first;
        }

        return next;
    }

    private void Withdraw(AdmissionSlot place)
    {
        Remove(place);
        place.Cancel();
    }

    private void Remove(AdmissionSlot place)
    {
        place.Account.Remove(place);
        if (!place.Account.HasWaiting)
            _waiting.Remove(place.Account);
    }
}
