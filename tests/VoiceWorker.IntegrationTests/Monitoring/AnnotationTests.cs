using System.Text.Json.Nodes;
using VoiceWorker.IntegrationTests.Deploy;

namespace VoiceWorker.IntegrationTests.Monitoring;

/// <summary>The dashboards' annotations, asked by promtool about series that have what they mark, and about others that have not.</summary>
public sealed class AnnotationTests
{
    private const string Worker = """job="voiceworker",instance="a" """;

    [Theory]
    [InlineData("Circuits", $$"""voiceworker_stage_circuit_open{{{Worker}},stage="translate"}""", "0+0x8 1+0x12", 1)]
    [InlineData("Circuits", $$"""voiceworker_stage_circuit_open{{{Worker}},stage="translate"}""", "1+0x20", 0)]
    [InlineData("Restarts", $$"""process_start_time_seconds{{{Worker}}}""", "1700000000+0x20", 1)]
    [InlineData("Alerts", """ALERTS{alertname="VoiceWorkerDown",alertstate="firing"}""", "1+0x20", 1)]
    [InlineData("Alerts", """ALERTS{alertname="VoiceWorkerDown",alertstate="pending"}""", "1+0x20", 0)]
    public async Task Annotation_OfEachDashboard_MarksWhatItIsFor(string name, string series, string values, int marks)
    {
        using var folder = new TemporaryFolder();
        // Four scrapes of 15 s, as Grafana has it.
        var queries = Annotations(name).Select(annotation => DashboardPanel.Fill(((string)annotation["expr"]!).Replace("$__rate_interval", "60s", StringComparison.Ordinal)));
        await File.WriteAllTextAsync(folder["test.yml"], $$"""
            evaluation_interval: 15s
            tests:
              - interval: 15s
                input_series: [{series: '{{series}}', values: '{{values}}'}]
                promql_expr_test:
            {{string.Concat(queries.Select(query => $$"""
                  - expr: 'count({{query}}) or vector(0)'
                    eval_time: 150s
                    exp_samples: [{labels: '{}', value: {{marks}}}]

            """))}}
            """, TestContext.Current.CancellationToken);

        await Tool.SucceedAsync("promtool", "test", "rules", folder["test.yml"]);
    }

    // A worker that comes back under another name has a series of its own, in which nothing changes.
    [Fact]
    public void Restarts_OfEachDashboard_StandAtTheTimeThatTheWorkerGives() =>
        Assert.All(Annotations("Restarts"), annotation => Assert.True((bool)annotation["useValueForTime"]!));

    private static List<JsonNode> Annotations(string name)
    {
        var annotations = DashboardPanel.Dashboards().Select(dashboard => dashboard["annotations"]!["list"]!.AsArray().Single(annotation => (string?)annotation!["name"] == name)!).ToList();
        Assert.Equal(2, annotations.Count);
        return annotations;
    }
}
