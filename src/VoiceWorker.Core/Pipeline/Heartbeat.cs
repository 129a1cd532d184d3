using Prometheus;

namespace VoiceWorker.Core.Pipeline;

/// <summary>When something last moved in the mesh.</summary>
/// <param name="time">The clock.</param>
/// <param name="metric">Tells the same to those outside.</param>
internal sealed class Heartbeat(TimeProvider time, IGauge metric)
{
    // Telling costs more than the beat itself, and nobody looks more often.
    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(100);

    private long _lastBeat = time.GetTimestamp();
    private long _lastTold;

    /// <summary>A timestamp of the clock that the heartbeat was made with.</summary>
    public long LastBeat => Volatile.Read(ref _lastBeat);

    /// <summary>Notes progress, now.</summary>
    /// <returns>The timestamp of now.</returns>
    public long Beat()
    {
        var now = time.GetTimestamp();
        Volatile.Write(ref _lastBeat, now);
        if (_lastTold == 0 || time.GetElapsedTime(Volatile.Read(ref _lastTold), now) >= TellEvery)
        {
            Volatile.Write(ref _lastTold, now);
            metric.SetToTimeUtc(time.GetUtcNow());
        }

        return now;
    }
}
