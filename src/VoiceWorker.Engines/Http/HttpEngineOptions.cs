using System.ComponentModel.DataAnnotations;

namespace VoiceWorker.Engines.Http;

/// <summary>What every engine behind an HTTP address has in common.</summary>
public abstract class HttpEngineOptions
{
    /// <summary>How long one request may take, in all; the stage's own time-out applies besides. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest answer that is read, in bytes. Default 64 MiB.</summary>
    [Range(1024, int.MaxValue)]
    public int MaxResponseBytes { get; set; } = 64 << 20;
}
