using System.Text.RegularExpressions;
using System.Xml.Linq;
using VoiceWorker.IntegrationTests.Deploy;

namespace VoiceWorker.IntegrationTests.Monitoring;

/// <summary>Every panel and every rule against what a real Prometheus recorded of a real worker under load.</summary>
public sealed partial class LiveMonitoringTests(WorkerUnderLoad load) : IClassFixture<WorkerUnderLoad>
{
    // Set to 1, it renews the pictures in docs/images.
    private const string UpdateVariable = "VOICEWORKER_UPDATE_PICTURES";

    public static TheoryData<string, string, string> Queries() =>
        [.. DashboardPanel.All().SelectMany(panel => panel.Expressions.Select(expression => (panel.Dashboard, panel.Title, expression)))];

    public static TheoryData<string, string> Annotations() => [.. DashboardPanel.Dashboards().SelectMany(dashboard =>
        dashboard["annotations"]!["list"]!.AsArray().Select(annotation => ((string)dashboard["title"]!, (string)annotation!["expr"]!)))];

    [Theory, MemberData(nameof(Queries))]
    public async Task Query_OfAPanel_ReturnsNumbers(string dashboard, string panel, string expression)
    {
        var values = await QueryAsync(DashboardPanel.Fill(expression));

        Assert.True(values.Count > 0, $"'{panel}' of '{dashboard}' shows nothing.");
    }

    [Theory, MemberData(nameof(Annotations))]
    public async Task Query_OfAnAnnotation_IsUnderstood(string dashboard, string expression) =>
        Assert.Null(await Record.ExceptionAsync(() => QueryAsync(DashboardPanel.Fill(expression))) is { } e ? $"{dashboard}: {e.Message}" : null);

    [Fact]
    public async Task Rules_OfTheProject_AreAllEvaluatedWithoutAnError()
    {
        var rules = await load.Prometheus.RulesAsync();

        Assert.NotEmpty(rules);
        Assert.All(rules, rule => Assert.True((string?)rule["health"] == "ok", $"{rule["name"]}: {rule["health"]} {rule["lastError"]}"));
    }

    [Fact]
    public async Task RecordingRules_OfTheProject_AllRecordNumbers()
    {
        foreach (var rule in (await load.Prometheus.RulesAsync()).Where(rule => (string?)rule["type"] == "recording"))
            Assert.True((await QueryAsync((string)rule["name"]!)).Count > 0, $"{rule["name"]} records nothing.");
    }

    // A healthy worker raises no alert, so its expression returns nothing; what it looks at must be there all the same.
    [Fact]
    public async Task AlertRules_OfTheProject_AllLookAtSeriesThatExist()
    {
        foreach (var rule in (await load.Prometheus.RulesAsync()).Where(rule => (string?)rule["type"] == "alerting"))
        {
            var selectors = Selector().Matches((string)rule["query"]!).Select(match => match.Value).ToList();
            Assert.NotEmpty(selectors);
            foreach (var selector in selectors)
                Assert.True((await QueryAsync(selector)).Count > 0, $"{rule["name"]} looks at {selector}, which does not exist.");
        }
    }

    [Fact]
    public async Task Picture_OfADashboard_HasAllItsPanels()
    {
        foreach (var dashboard in DashboardPanel.Dashboards())
        {
            var picture = new DashboardPicture(load.Began, load.Ended);
            foreach (var panel in dashboard["panels"]!.AsArray())
                await picture.AddAsync(panel!, load.Prometheus);
            var svg = picture.ToSvg((string)dashboard["title"]!);

            var words = XDocument.Parse(svg).Descendants().Select(element => element.Value).ToHashSet();
            Assert.All(dashboard["panels"]!.AsArray(), panel => Assert.Contains((string)panel!["title"]!, words));
            if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
                await File.WriteAllTextAsync(RepositoryFiles.PathOf($"docs/images/{dashboard["uid"]}.svg"), svg, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Metrics_OfALiveScrape_PassPromtool()
    {
        var result = await Tool.RunWithInputAsync(load.Scrape, "promtool", "check", "metrics");

        Assert.Equal((0, ""), (result.ExitCode, result.StandardOutput + result.StandardError));
    }

    // Every value that is a number, of every series.
    private async Task<IReadOnlyList<double>> QueryAsync(string expression) =>
        [.. (await load.Prometheus.QueryAsync(expression, load.Began, load.Ended)).SelectMany(series => series.Points).Select(point => point.Value)];

    [GeneratedRegex(@"\b(voiceworker_\w+|process_\w+|up\b|job\w*:[\w:]+)(\{[^}]*\})?")]
    private static partial Regex Selector();
}
