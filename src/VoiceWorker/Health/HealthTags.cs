namespace VoiceWorker.Host.Health;

/// <summary>What a health check is for.</summary>
internal static class HealthTags
{
    /// <summary>A restart would help.</summary>
    public const string Live = "live";

    /// <summary>Jobs are being done.</summary>
    public const string Ready = "ready";
}
