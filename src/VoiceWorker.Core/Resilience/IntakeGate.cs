namespace VoiceWorker.Core.Resilience;

/// <summary>Shut while at least one engine that no job can do without is down.</summary>
internal sealed class IntakeGate
{
    private readonly Gate _gate = new(isOpen: true);
    private readonly HashSet<object> _shutBy = [];

    /// <summary>Whether it is shut.</summary>
    public bool IsPaused => !_gate.IsOpen;

    /// <summary>Ends when the gate shuts.</summary>
    public Task Paused => _gate.Shut;

    /// <summary>Ends when the gate opens.</summary>
    public Task Open => _gate.Open;

    /// <summary>Shuts the gate; a second time does nothing.</summary>
    /// <param name="by">Who has to open it again.</param>
    public void Shut(object by)
    {
        lock (_shutBy)
        {
            if (_shutBy.Add(by))
                _gate.Set(open: false);
        }
    }

    /// <summary>Opens the gate as far as one of those who shut it is concerned; a second time does nothing.</summary>
    /// <param name="by">Who has shut it.</param>
    public void Reopen(object by)
    {
        lock (_shutBy)
        {
            if (_shutBy.Remove(by) && _shutBy.Count == 0)
                _gate.Set(open: true);
        }
    }
}
