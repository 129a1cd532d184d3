namespace VoiceWorker.Core.Pipeline;

/// <summary>When something last moved in the mesh.</summary>
internal sealed class Heartbeat(TimeProvider time)
{
    private long _lastBeat = time.GetTimestamp();

    /// <summary>A timestamp of the clock that the heartbeat was made with.</summary>
    public long LastBeat => Volatile.Read(ref _lastBeat);

    /// <summary>Notes progress, now.</summary>
    /// <returns>The timestamp of now.</returns>
    public long Beat()
    {
        var now = time.GetTimestamp();
        Volatile.Write(ref _lastBeat, now);
        return now;
    }
}
