using Prometheus;

namespace VoiceWorker.Core.Pipeline;

/// <summary>When something last moved in the mesh.</summary>
/// <param name="time">The clock.</param>
/// <param name="metric">Tells the same to those outside.</param>
internal sealed class Heartbeat(TimeProvider time, IGauge metric)
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
        metric.SetToTimeUtc(time.GetUtcNow());
        return now;
    }
}
