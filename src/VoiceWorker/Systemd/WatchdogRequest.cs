namespace VoiceWorker.Host.Systemd;

/// <summary>What systemd asked for.</summary>
internal sealed class WatchdogRequest
{
    /// <summary>How often to give a sign of life; null when systemd wants none.</summary>
    public TimeSpan? Interval { get; set; }
}
