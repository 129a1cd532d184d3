using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Prometheus;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Ports;
using VoiceWorker.Host.Hosting;
using VoiceWorker.RabbitMq;

namespace VoiceWorker.UnitTests.Telemetry;

/// <summary>What dashboards, alerts and users build on: a change here breaks theirs.</summary>
public sealed partial class MetricSurfaceTests
{
    [Fact]
    public async Task Metrics_OfTheDaemon_AreTheApprovedOnes()
    {
        await using var app = DaemonCommand.Build(["--Stt:Engine=onnx", "--Stt:ModelPath=model.bin"]);
        app.Services.GetRequiredService<VoicePipeline>();
        app.Services.GetRequiredService<RabbitMqMetrics>();
        app.Services.GetRequiredService<ISpeechRecognizer>();
        using var text = new MemoryStream();
        await app.Services.GetRequiredService<CollectorRegistry>().CollectAndExportAsTextAsync(text, TestContext.Current.CancellationToken);

        Approval.Verify(Surface(Encoding.UTF8.GetString(text.ToArray())), "metrics");
    }

    // One line for each metric: its name and type, and below it the values of each label.
    private static string Surface(string exposition)
    {
        var surface = new SortedDictionary<string, SortedDictionary<string, SortedSet<string>>>(StringComparer.Ordinal);
        var labels = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var line in exposition.Split('\n'))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
                surface[line[7..]] = labels = new(StringComparer.Ordinal);
            else if (!line.StartsWith('#'))
            {
                foreach (Match label in Label().Matches(line))
                    (labels.TryGetValue(label.Groups[1].Value, out var values) ? values : labels[label.Groups[1].Value] = new(StringComparer.Ordinal)).Add(label.Groups[2].Value);
            }
        }

        return string.Join('\n', surface.SelectMany(metric => metric.Value.Select(label => $"    {label.Key}: {Values(label.Key, label.Value)}").Prepend(metric.Key)));
    }

    // Those two name the build.
    private static string Values(string label, SortedSet<string> values) =>
        label is "version" or "runtime" ? "*" : string.Join(' ', values.OrderBy(value => label == "le" ? Bound(value) : 0));

    private static double Bound(string le) => le == "+Inf" ? double.PositiveInfinity : double.Parse(le, CultureInfo.InvariantCulture);

    [GeneratedRegex("([a-z_]+)=\"([^\"]*)\"")]
    private static partial Regex Label();
}
