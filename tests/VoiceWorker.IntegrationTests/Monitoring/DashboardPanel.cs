using System.Text.Json.Nodes;
using VoiceWorker.IntegrationTests.Deploy;

namespace VoiceWorker.IntegrationTests.Monitoring;

/// <summary>A panel of a dashboard, as the repository has it.</summary>
/// <param name="Dashboard">The dashboard's title.</param>
/// <param name="Json">The panel.</param>
internal sealed record DashboardPanel(string Dashboard, JsonNode Json)
{
    public string Title => (string)Json["title"]!;

    public string Type => (string)Json["type"]!;

    /// <summary>The panel's expressions, with Grafana's variables.</summary>
    public IEnumerable<string> Expressions => Json["targets"]?.AsArray().Select(target => (string)target!["expr"]!) ?? [];

    /// <summary>Every dashboard.</summary>
    public static IEnumerable<JsonNode> Dashboards() => Directory
        .EnumerateFiles(RepositoryFiles.PathOf("grafana/dashboards"), "*.json")
        .Order(StringComparer.Ordinal)
        .Select(file => JsonNode.Parse(File.ReadAllText(file))!);

    /// <summary>Every panel of every dashboard that shows data; rows only group others.</summary>
    public static IEnumerable<DashboardPanel> All() => Dashboards()
        .SelectMany(dashboard => dashboard["panels"]!.AsArray().Select(panel => new DashboardPanel((string)dashboard["title"]!, panel!)))
        .Where(panel => panel.Type != "row");

    /// <summary>Puts values in place of the variables, as Grafana does with "All" chosen.</summary>
    public static string Fill(string expression) => expression
        .Replace("$__rate_interval", "10s", StringComparison.Ordinal)
        .Replace("$__interval", "5s", StringComparison.Ordinal)
        .Replace("$__range", "60s", StringComparison.Ordinal)
        .Replace("$job", ".*", StringComparison.Ordinal)
        .Replace("$instance", ".*", StringComparison.Ordinal)
        .Replace("$stage", "decode|transcribe|translate|synthesize|encode|publish|settle", StringComparison.Ordinal);
}
