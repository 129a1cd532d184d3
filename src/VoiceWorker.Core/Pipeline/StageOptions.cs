using System.ComponentModel.DataAnnotations;

namespace VoiceWorker.Core.Pipeline;

/// <summary>How one stage of the mesh runs.</summary>
public sealed class StageOptions
{
    /// <summary>How many jobs the stage works on at a time.</summary>
    [Range(1, 1024)]
    public int Parallelism { get; set; } = 1;

    /// <summary>How many jobs the stage holds at most: those at work, those waiting before it and those waiting to leave it.</summary>
    [Range(1, 65536)]
    public int Capacity { get; set; } = 2;

    /// <summary>How long one try may take.</summary>
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
