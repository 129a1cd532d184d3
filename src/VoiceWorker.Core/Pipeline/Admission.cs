using VoiceWorker.Core.Messages;

namespace VoiceWorker.Core.Pipeline;

/// <summary>
/// Lets jobs into the first stages: a semaphore with an order. Each job is due at the time at which it came in plus the
/// length of its speech; of one sender each job is due that much after the one before it (the virtual clocks of
/// L. Zhang, 1990). So short jobs pass long ones, a sender who sends faster than anyone can speak waits for the others,
/// and nobody waits for ever, because what comes in later is due later. Long recordings never take all the places.
/// </summary>
/// <param name="places">How many jobs are let in at a time.</param>
/// <param name="longPlaces">How many of them may be long.</param>
/// <param name="options">The rules.</param>
/// <param name="time">The clock.</param>
internal sealed class Admission(int places, int longPlaces, AdmissionOptions options, TimeProvider time)
{
    private const int SendersBeforeCleanUp = 1024;

    private readonly Lock _lock = new();
    private readonly PriorityQueue<AdmissionPlace, double> _short = new();
    private readonly PriorityQueue<AdmissionPlace, double> _long = new();
    private readonly Dictionary<string, double> _clocks = new(StringComparer.Ordinal);
    private readonly long _started = time.GetTimestamp();
    private int _cleanUpAt = SendersBeforeCleanUp;
    private int _admitted;
    private int _longAdmitted;
    private bool _closed;

    /// <summary>Joins the queue for a place; look at <see cref="AdmissionPlace.Admitted"/> for the turn.</summary>
    /// <param name="job">Whose priority and sender count.</param>
    /// <param name="length">How long its speech is, roughly.</param>
    public AdmissionPlace Enter(VoiceJob job, TimeSpan length)
    {
        var place = new AdmissionPlace(this, length > options.LongAudio);
        lock (_lock)
        {
            (place.IsLong ? _long : _short).Enqueue(place, Due(job, length.TotalSeconds));
            if (_closed)
                place.TryCancel();
            LetIn();
        }

        return place;
    }

    /// <summary>Lets nobody in any more: those that wait are cancelled.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            foreach (var (place, _) in _short.UnorderedItems.Concat(_long.UnorderedItems))
                place.TryCancel();
        }
    }

    /// <summary>Gives a place back.</summary>
    internal void Leave(AdmissionPlace place)
    {
        lock (_lock)
        {
            _admitted--;
            _longAdmitted -= place.IsLong ? 1 : 0;
            LetIn();
        }
    }

    private void LetIn()
    {
        while (_admitted < places && Next() is { } place)
        {
            if (!place.TryAdmit())
                continue;
            _admitted++;
            _longAdmitted += place.IsLong ? 1 : 0;
        }
    }

    private AdmissionPlace? Next()
    {
        var hasShort = _short.TryPeek(out _, out var shortDue);
        var hasLong = _long.TryPeek(out _, out var longDue) && _longAdmitted < longPlaces;
        return hasShort && !(hasLong && longDue < shortDue) ? _short.Dequeue() : hasLong ? _long.Dequeue() : null;
    }

    private double Due(VoiceJob job, double seconds)
    {
        var now = time.GetElapsedTime(_started).TotalSeconds;
        var due = now + seconds;
        if (options.FairBySender && job.SenderId is { } sender)
        {
            CleanUp(now);
            due = Math.Max(now, _clocks.GetValueOrDefault(sender)) + seconds;
            _clocks[sender] = due;
        }

        return due - (job.Priority * options.PriorityHeadStart.TotalSeconds);
    }

    // A clock that has fallen behind the time says nothing any more.
    private void CleanUp(double now)
    {
        if (_clocks.Count < _cleanUpAt)
            return;
        foreach (var (sender, clock) in _clocks)
        {
            if (clock <= now)
                _clocks.Remove(sender);
        }

        _cleanUpAt = Math.Max(SendersBeforeCleanUp, 2 * _clocks.Count);
    }
}
