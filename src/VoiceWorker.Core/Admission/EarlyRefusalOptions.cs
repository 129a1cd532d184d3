using System.ComponentModel.DataAnnotations;

namespace VoiceWorker.Core.Admission;

/// <summary>When a job is refused because its deadline can't be met, before work is spent on it.</summary>
public sealed class EarlyRefusalOptions
{
    /// <summary>Whether jobs are refused early at all; their deadlines count in any case.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>A job is refused when the rest of it is expected to take more than this many times the time it has left.</summary>
    [Range(1.0, 100.0)]
    public double Margin { get; set; } = 2;

    /// <summary>Nothing is foreseen of a stage before it has done this many jobs.</summary>
    [Range(1, 10_000)]
    public int MinimumSamples { get; set; } = 50;

    /// <summary>What the last jobs took counts half after this time. When none has got through for as long, one is let through in spite of the forecast, to learn anew; after ten times as long nothing is foreseen.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Memory { get; set; } = TimeSpan.FromSeconds(30);
}
