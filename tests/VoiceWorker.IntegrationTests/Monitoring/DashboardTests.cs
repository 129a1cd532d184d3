using System.Text.Json.Nodes;

namespace VoiceWorker.IntegrationTests.Monitoring;

public sealed class DashboardTests
{
    public static TheoryData<string, string> Panels() =>
        [.. DashboardPanel.All().Select(panel => (panel.Dashboard, panel.Title))];

    [Theory, MemberData(nameof(Panels))]
    public void Panel_OfADashboard_ExplainsItself(string dashboard, string title) =>
        Assert.NotEmpty((string?)Find(dashboard, title).Json["description"] ?? "");

    [Theory, MemberData(nameof(Panels))]
    public void Panel_OfADashboard_HasAUnit(string dashboard, string title)
    {
        var panel = Find(dashboard, title);
        if (panel.Type == "state-timeline")
            return;

        Assert.NotEmpty((string?)(panel.Json["fieldConfig"]!["defaults"]!["unit"] ?? panel.Json["options"]?["yAxis"]?["unit"]) ?? "");
    }

    [Theory, MemberData(nameof(Panels))]
    public void Panel_OfADashboard_AsksTheChosenSourceForTheChosenJob(string dashboard, string title)
    {
        var panel = Find(dashboard, title);

        Assert.All(panel.Json["targets"]!.AsArray(), target => Assert.Equal("${datasource}", (string?)target!["datasource"]!["uid"]));
        Assert.All(panel.Expressions, expression => Assert.True(
            expression.Contains("job=~\"$job\"", StringComparison.Ordinal) || expression.Contains("ALERTS", StringComparison.Ordinal), expression));
    }

    [Fact]
    public void Dashboards_Together_HaveNoPanelTwice() =>
        Assert.Distinct(DashboardPanel.All().Select(panel => (panel.Dashboard, panel.Title)));

    [Fact]
    public void Panels_OfADashboard_DoNotCoverEachOther() => Assert.All(DashboardPanel.Dashboards(), dashboard =>
    {
        var cells = dashboard["panels"]!.AsArray().SelectMany(panel => CellsOf(panel!["gridPos"]!)).ToList();
        Assert.Distinct(cells);
        Assert.All(cells, cell => Assert.InRange(cell.X, 0, 23));
    });

    [Fact]
    public void Dashboards_Together_LinkToEachOther() => Assert.All(DashboardPanel.Dashboards(), dashboard =>
        Assert.All(dashboard["links"]!.AsArray(), link =>
            Assert.Contains(DashboardPanel.Dashboards(), other => $"/d/{other["uid"]}" == (string?)link!["url"])));

    private static DashboardPanel Find(string dashboard, string title) =>
        DashboardPanel.All().First(panel => (panel.Dashboard, panel.Title) == (dashboard, title));

    private static IEnumerable<(int X, int Y)> CellsOf(JsonNode place) =>
        from x in Enumerable.Range((int)place["x"]!, (int)place["w"]!)
        from y in Enumerable.Range((int)place["y"]!, (int)place["h"]!)
        select (x, y);
}
