namespace VoiceWorker.IntegrationTests.Monitoring;

/// <summary>One series of a query's answer.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Points">Its values by time, in seconds since the Unix epoch; only those that are numbers.</param>
internal sealed record MetricSeries(IReadOnlyDictionary<string, string> Labels, IReadOnlyList<(double Time, double Value)> Points)
{
    /// <summary>Grafana's legend: <c>{{name}}</c> stands for a label.</summary>
    public string Legend(string? format) => string.IsNullOrEmpty(format)
        ? string.Join(' ', Labels.Values)
        : Labels.Aggregate(format, (text, label) => text.Replace($"{{{{{label.Key}}}}}", label.Value, StringComparison.Ordinal));
}
