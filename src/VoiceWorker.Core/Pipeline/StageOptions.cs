using System.ComponentModel.DataAnnotations;

namespace VoiceWorker.Core.Pipeline;

/// <summary>How a stage that an engine works for runs.</summary>
public sealed class StageOptions : BlockOptions
{
    /// <summary>How long one try may take; not for Publish and Settle, nor are the next two.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many more tries a transient failure gets within this delivery.</summary>
    [Range(0, 10)]
    public int Retries { get; set; } = 2;

    /// <summary>The wait before the first retry; it doubles with each further one and is spread by jitter.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:05:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long the stage may take for one job, with every try and about the waits between them.</summary>
    internal TimeSpan LongestRun => ((Retries + 1) * Timeout) + (((1 << Retries) - 1) * RetryDelay);
}
