using System.ComponentModel.DataAnnotations;

namespace VoiceWorker.Core.Admission;

/// <summary>Which of the jobs in flight goes next, when more are in flight than the first stages can work on.</summary>
public sealed class AdmissionOptions
{
    /// <summary>A recording longer than this counts as long.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongAudio { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The share of the places in speech recognition that long recordings may take, at least one; the others are kept for short ones.</summary>
    [Range(0.0, 1.0)]
    public double LongShare { get; set; } = 0.75;

    /// <summary>How much earlier a job goes for each step of its priority (0 to 9), as if its speech were that much shorter.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan PriorityHeadStart { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether each sender_id with jobs waiting gets an even share, so that no sender gets ahead of the rest by sending much. A job without one counts as a sender of its own.</summary>
    public bool FairBySender { get; set; } = true;
}
