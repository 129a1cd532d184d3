using System.Text.RegularExpressions;
using VoiceWorker.IntegrationTests.Deploy;

namespace VoiceWorker.IntegrationTests.Monitoring;

public sealed partial class RuleTests
{
    private static readonly string[] RuleFiles = Directory.GetFiles(RepositoryFiles.PathOf("grafana/prometheus/rules"), "*.yml");
    private static readonly string[] TestFiles = Directory.GetFiles(RepositoryFiles.PathOf("grafana/prometheus/tests"), "*.test.yml");

    public static TheoryData<string> Alerts() => [.. RuleFiles.SelectMany(file => Alert().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).Distinct()];

    public static TheoryData<string> Tests() => [.. TestFiles.Select(file => Path.GetFileName(file)!)];

    [Fact]
    public async Task Rules_OfTheProject_PassPromtool() => await Tool.SucceedAsync("promtool", ["check", "rules", "--lint=all", "--lint-fatal", .. RuleFiles]);

    [Theory, MemberData(nameof(Tests))]
    public async Task RuleTests_OfTheProject_AllPass(string file) =>
        await Tool.SucceedAsync("promtool", "test", "rules", RepositoryFiles.PathOf($"grafana/prometheus/tests/{file}"));

    [Theory, MemberData(nameof(Alerts))]
    public void Alert_OfTheProject_HasAChapterInTheRunbook(string alert)
    {
        Assert.Contains(RuleFiles, file => File.ReadAllText(file).Contains($"runbook_url: docs/runbook.md#{alert.ToLowerInvariant()}\n", StringComparison.Ordinal));
        Assert.Contains($"## {alert}", File.ReadAllLines(RepositoryFiles.PathOf("docs/runbook.md")));
    }

    [Theory, MemberData(nameof(Alerts))]
    public void Alert_OfTheProject_IsTestedForNoiseAndForSilence(string alert)
    {
        var tests = string.Concat(TestFiles.Select(File.ReadAllText));

        Assert.Matches($"alertname: {alert}\\n\\s+exp_alerts:", tests);
        Assert.Contains($"alertname: {alert}}}", tests, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex Alert();
}
