using System.ComponentModel.DataAnnotations;

namespace VoiceWorker.Core.Resilience;

/// <summary>When an engine counts as down, and how often it is asked whether it is back.</summary>
public sealed class CircuitOptions
{
    /// <summary>The circuit opens when this share of a stage's tries fails.</summary>
    [Range(0.01, 1)]
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>Fewer tries than this within <see cref="SamplingDuration"/> say nothing.</summary>
    [Range(2, 10_000)]
    public int MinimumThroughput { get; set; } = 10;

    /// <summary>The window over which tries are counted.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "01:00:00")]
    public TimeSpan SamplingDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often an engine that is down is asked whether it works again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(2);
}
