using Prometheus;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Telemetry;

namespace VoiceWorker.Core.Pipeline;

/// <summary>When something last moved in the pipeline, or within an engine.</summary>
/// <param name="time">The clock.</param>
/// <param name="metrics">Tell the same to those outside.</param>
public sealed class Heartbeat(TimeProvider time, PipelineMetrics metrics) : IHeartbeat
{
    // Telling costs more than the beat itself, and nobody looks more often.
    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(100);

    private long _lastBeat = time.GetTimestamp();
    private long _lastTold;

    /// <summary>How long ago something last moved.</summary>
    public TimeSpan Since => time.GetElapsedTime(Volatile.Read(ref _lastBeat));

    void IHeartbeat.Beat() => Beat();

    /// <summary>Notes progress, now.</summary>
    /// <returns>The timestamp of now.</returns>
    internal long Beat()
    {
        var now = time.GetTimestamp();
        Volatile.Write(ref _lastBeat, now);
        if (_lastTold == 0 || time.GetElapsedTime(Volatile.Read(ref _lastTold), now) >= TellEvery)
        {
            Volatile.Write(ref _lastTold, now);
            metrics.LastProgress.SetToTimeUtc(time.GetUtcNow());
        }

        return now;
    }
}
