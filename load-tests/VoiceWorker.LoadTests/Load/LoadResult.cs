using HdrHistogram;

namespace VoiceWorker.LoadTests.Load;

/// <summary>What came of a load.</summary>
/// <param name="Records">Every job.</param>
internal sealed record LoadResult(IReadOnlyCollection<JobRecord> Records)
{
    /// <summary>Jobs that were sent.</summary>
    public int Sent => Records.Count;

    /// <summary>Jobs that got a reply.</summary>
    public int Answered => Records.Count(record => record.Replies > 0);

    /// <summary>Jobs whose reply was an error.</summary>
    public int Failed => Records.Count(record => record is { Replies: > 0, Succeeded: false });

    /// <summary>Replies beyond the first one of each job.</summary>
    public int Duplicates => Records.Sum(record => Math.Max(0, record.Replies - 1));

    /// <summary>Whether every job was answered once, with a translation.</summary>
    public bool IsComplete => Sent > 0 && Answered == Sent && Failed == 0 && Duplicates == 0;

    /// <summary>Replies a second, from the first job's time to the last reply.</summary>
    public double JobsPerSecond => Answered / (Records.Max(record => record.Answered) - Records.Min(record => record.Intended));

    /// <summary>A percentile of the latency, in milliseconds, from the intended time on.</summary>
    public double Latency(double percentile) => Percentile(record => record.Latency, percentile);

    /// <summary>A percentile of what no stage accounts for, in milliseconds.</summary>
    public double Overhead(double percentile) => Percentile(record => record.Overhead, percentile);

    /// <summary>
    /// The rate at which replies stopped keeping up: the last one offered before more than a second's jobs were
    /// unanswered. Null when they kept up to the end.
    /// </summary>
    public double? Knee()
    {
        foreach (var (second, offered, unanswered) in Seconds())
        {
            if (second > 1 && unanswered > Math.Max(4, 2 * offered))
                return offered;
        }

        return null;
    }

    /// <summary>Second by second: the jobs that were due in it, and those due by its end but not answered by then.</summary>
    public IEnumerable<(int Second, int Offered, int Unanswered)> Seconds()
    {
        var last = (int)Records.Max(record => Math.Max(record.Intended, record.Answered));
        for (var second = 0; second <= last; second++)
        {
            var end = second + 1;
            yield return (second, Records.Count(record => (int)record.Intended == second), Records.Count(record => record.Intended < end && (record.Replies == 0 || record.Answered >= end)));
        }
    }

    private double Percentile(Func<JobRecord, double> value, double percentile)
    {
        // From a microsecond to an hour, to three digits.
        var histogram = new LongHistogram(3_600_000_000, 3);
        foreach (var record in Records.Where(record => record.Replies > 0))
            histogram.RecordValue(Math.Clamp((long)(1e6 * value(record)), 1, 3_600_000_000));
        return histogram.GetValueAtPercentile(percentile) / 1000.0;
    }
}
