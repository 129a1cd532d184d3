using System.Globalization;
using System.Security;
using System.Text;
using System.Text.Json.Nodes;

namespace VoiceWorker.IntegrationTests.Monitoring;

/// <summary>Draws what a dashboard's queries return, in the dashboard's layout: for readers who have no Grafana at hand.</summary>
internal sealed class DashboardPicture(DateTimeOffset from, DateTimeOffset to)
{
    private const int Column = 60;
    private const int Row = 28;
    private const int Title = 22;
    private const int Margin = 8;
    private const int LegendLine = 15;

    private static readonly string[] Colors =
        ["#3274d9", "#e0752d", "#37872d", "#a352cc", "#c4162a", "#e0b400", "#19a2b8", "#7a5230", "#f29191", "#5794f2", "#8ab8ff", "#96d98d"];

    private readonly StringBuilder _svg = new();
    private int _height;

    /// <summary>Draws a panel from its queries.</summary>
    public async Task AddAsync(JsonNode panel, PrometheusServer prometheus)
    {
        var place = panel["gridPos"]!;
        var box = new PictureBox((int)place["x"]! * Column, ((int)place["y"]! * Row) + 40, (int)place["w"]! * Column, (int)place["h"]! * Row);
        _height = Math.Max(_height, (int)(box.Y + box.Height));
        var title = (string)panel["title"]!;
        if ((string?)panel["type"] == "row")
        {
            Text(box.X + Margin, box.Y + 20, title, 15, "#333", "bold");
            return;
        }

        Add($"<rect x='{N(box.X + 3)}' y='{N(box.Y + 3)}' width='{N(box.Width - 6)}' height='{N(box.Height - 6)}' rx='3' fill='#fff' stroke='#ddd'/>");
        Text(box.X + Margin + 4, box.Y + 19, title, 12, "#444", "bold");
        var series = new List<(string Name, MetricSeries Data)>();
        foreach (var target in panel["targets"]!.AsArray())
        {
            var answer = await prometheus.QueryAsync(DashboardPanel.Fill((string)target!["expr"]!), from, to);
            series.AddRange(answer.Where(s => s.Points.Count > 0).Select(s => (s.Legend((string?)target["legendFormat"]), s)));
        }

        var inner = new PictureBox(box.X + Margin + 4, box.Y + Title + 6, box.Width - (2 * Margin) - 8, box.Height - Title - 14);
        var unit = new PictureUnit((string?)panel["fieldConfig"]?["defaults"]?["unit"] ?? "");
        switch ((string?)panel["type"])
        {
            case "stat":
                Text(inner.X + (inner.Width / 2), inner.Y + (inner.Height / 2) + 12, unit.Format(series[0].Data.Points[^1].Value), 28, "#1a5fb4", "bold", "middle");
                break;
            case "heatmap":
                Heatmap(inner, [.. series.Select(s => s.Data)]);
                break;
            case "state-timeline":
                Timeline(inner, series);
                break;
            default:
                var stacked = (string?)panel["fieldConfig"]!["defaults"]!["custom"]?["stacking"]?["mode"] == "normal";
                Lines(inner, stacked ? Stack(series) : series, unit);
                break;
        }
    }

    /// <summary>The whole picture.</summary>
    public string ToSvg(string title) => $"""
        <svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {24 * Column} {_height + 10}' font-family='sans-serif'>
        <rect width='100%' height='100%' fill='#f4f5f5'/>
        <text x='12' y='26' font-size='17' font-weight='bold' fill='#222'>{SecurityElement.Escape(title)}</text>
        <text x='{(24 * Column) - 12}' y='26' font-size='12' text-anchor='end' fill='#777'>drawn by this project's tests from the dashboard's own queries, {N((to - from).TotalSeconds)} s of a test run; not by Grafana</text>
        {_svg}</svg>

        """;

    private static List<(string, MetricSeries)> Stack(List<(string Name, MetricSeries Data)> series)
    {
        var sums = new Dictionary<double, double>();
        return [.. series.Select(s => (s.Name, s.Data with { Points = [.. s.Data.Points.Select(p => (p.Time, sums[p.Time] = sums.GetValueOrDefault(p.Time) + p.Value))] }))];
    }

    private void Lines(PictureBox box, List<(string Name, MetricSeries Data)> series, PictureUnit unit)
    {
        var legend = Math.Min((series.Count + 3) / 4, 4);
        var plot = new PictureBox(box.X + 44, box.Y, box.Width - 50, box.Height - 6 - (legend * LegendLine));
        var top = series.SelectMany(s => s.Data.Points).Select(p => p.Value).DefaultIfEmpty(0).Max();
        top = top <= 0 ? 1 : top * 1.08;
        for (var i = 0; i <= 2; i++)
        {
            var y = plot.Y + (plot.Height * i / 2);
            Add($"<line x1='{N(plot.X)}' x2='{N(plot.X + plot.Width)}' y1='{N(y)}' y2='{N(y)}' stroke='#eee'/>");
            Text(plot.X - 4, y + 4, unit.Format(top * (2 - i) / 2), 9, "#888", anchor: "end");
        }

        for (var i = series.Count - 1; i >= 0; i--)
        {
            var points = string.Join(' ', series[i].Data.Points.Select(p => $"{N(X(plot, p.Time))},{N(plot.Y + (plot.Height * (1 - (p.Value / top))))}"));
            Add($"<polyline points='{points}' fill='none' stroke='{Colors[i % Colors.Length]}' stroke-width='1.4'/>");
        }

        // Four columns of names; with more of them than places, the first ones.
        foreach (var (i, name) in series.Take(legend * 4).Select(s => s.Name).Index())
        {
            var (x, y) = (box.X + (i % 4 * box.Width / 4), box.Y + box.Height - ((legend - 1 - (i / 4)) * LegendLine) - 2);
            Add($"<rect x='{N(x)}' y='{N(y - 8)}' width='9' height='4' fill='{Colors[i % Colors.Length]}'/>");
            Text(x + 12, y - 2, Short(name, (int)(box.Width / 4 / 6)), 10, "#555");
        }
    }

    private void Heatmap(PictureBox box, IReadOnlyList<MetricSeries> series)
    {
        var buckets = series.OrderBy(s => PictureUnit.Bound(s.Labels["le"])).ToList();
        var plot = new PictureBox(box.X + 44, box.Y, box.Width - 50, box.Height - 4);
        var below = new Dictionary<double, double>();
        // Prometheus' buckets are cumulative.
        var counts = buckets.Select(b => b.Points.Select(p =>
        {
            var count = p.Value - below.GetValueOrDefault(p.Time);
            below[p.Time] = p.Value;
            return (p.Time, Count: count);
        }).ToList()).ToList();
        var most = Math.Max(counts.SelectMany(c => c).Max(c => c.Count), 1e-9);
        var (width, height) = (plot.Width / ((to - from).TotalSeconds + 1), plot.Height / buckets.Count);
        foreach (var (i, column) in counts.Index())
        {
            var y = plot.Y + plot.Height - ((i + 1) * height);
            Text(plot.X - 4, y + (height / 2) + 3, PictureUnit.Label(buckets[i].Labels["le"]), 9, "#888", anchor: "end");
            foreach (var (time, count) in column.Where(c => c.Count > 0.001))
                Add($"<rect x='{N(X(plot, time) - (width / 2))}' y='{N(y)}' width='{N(width)}' height='{N(height - 1)}' fill='#e0752d' opacity='{N(0.15 + (0.85 * Math.Sqrt(count / most)))}'/>");
        }
    }

    private void Timeline(PictureBox box, List<(string Name, MetricSeries Data)> series)
    {
        var height = Math.Min(box.Height / Math.Max(series.Count, 1), 26);
        foreach (var (i, (name, data)) in series.Index())
        {
            var y = box.Y + (i * height);
            var good = IsBadWhenSet(data) ? 0 : 1;
            foreach (var (time, value) in data.Points)
                Add($"<rect x='{N(X(box, time))}' y='{N(y + 1)}' width='{N(Math.Min((box.Width / (to - from).TotalSeconds) + 1, box.X + box.Width - X(box, time)))}' height='{N(height - 3)}' fill='{(value == good ? "#73bf69" : "#f2495c")}'/>");
            Text(box.X + 4, y + (height / 2) + 3, name, 10, "#222");
        }
    }

    private static bool IsBadWhenSet(MetricSeries data) =>
        data.Labels.GetValueOrDefault("__name__") is "voiceworker_stage_circuit_open" or "voiceworker_rabbitmq_blocked";

    private double X(PictureBox box, double time) =>
        box.X + (box.Width * (time - (from.ToUnixTimeMilliseconds() / 1000.0)) / (to - from).TotalSeconds);

    private void Text(double x, double y, string text, int size, string color, string weight = "normal", string anchor = "start") =>
        Add($"<text x='{N(x)}' y='{N(y)}' font-size='{size}' fill='{color}' font-weight='{weight}' text-anchor='{anchor}'>{SecurityElement.Escape(text)}</text>");

    private void Add(string element) => _svg.Append(element).Append('\n');

    private static string Short(string text, int length) => text.Length <= length ? text : text[..(length - 1)] + "…";

    private static string N(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
