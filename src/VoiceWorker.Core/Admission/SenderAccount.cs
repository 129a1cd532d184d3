namespace VoiceWorker.Core.Admission;

/// <summary>One sender's account in an admission: its jobs that wait, and when, in virtual time, those let in finish.</summary>
internal sealed class SenderAccount
{
    private readonly List<AdmissionSlot> _waiting = [];

    // The same sum from two beginnings: from the first charge, and from virtual time when the sender last came back.
    // What is put right later may have been charged before that, and must not become a credit.
    private double _sinceEver;
    private double _sinceReturn;
    private int _returns;
    private int _admitted;

    /// <summary>When everything that was let in of this sender finishes, in virtual time.</summary>
    public double Finish => Math.Max(_sinceEver, _sinceReturn);

    /// <summary>Whether a job of it waits.</summary>
    public bool HasWaiting => _waiting.Count > 0;

    /// <summary>Whether a job of it waits or is let in.</summary>
    public bool IsIdle => _waiting.Count == 0 && _admitted == 0;

    /// <summary>A job comes; a sender of which nothing waits starts no earlier than virtual time.</summary>
    public void Join(AdmissionSlot place, double virtualTime)
    {
        if (!HasWaiting)
        {
            _sinceEver = Finish;
            _sinceReturn = virtualTime;
            _returns++;
        }

        place.Wait();
        _waiting.Add(place);
    }

    /// <summary>A job waits no more.</summary>
    public void Remove(AdmissionSlot place) => _waiting.Remove(place);

    /// <summary>The job whose turn is first among this sender's; null when there is none.</summary>
    /// <param name="longToo">Whether it may be a long one.</param>
    public AdmissionSlot? FirstOf(bool longToo)
    {
        AdmissionSlot? first = null;
        foreach (var place in _waiting)
        {
            if ((longToo || !place.IsLong) && (first is null || place.Due < first.Due))
                first = place;
        }

        return first;
    }

    /// <summary>A job is let in.</summary>
    /// <returns>What <see cref="Correct"/> wants to know of this charge.</returns>
    public int Charge(double cost)
    {
        _admitted++;
        _sinceEver += cost;
        _sinceReturn += cost;
        return _returns;
    }

    /// <summary>A job has ended.</summary>
    /// <param name="charge">What <see cref="Charge"/> returned for it.</param>
    /// <param name="difference">What it cost more than it was charged, or less.</param>
    public void Correct(int charge, double difference)
    {
        _admitted--;
        _sinceEver += difference;
        if (charge == _returns)
            _sinceReturn += difference;
    }
}
