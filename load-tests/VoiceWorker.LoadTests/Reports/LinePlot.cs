using System.Net;
using System.Text;

namespace VoiceWorker.LoadTests.Reports;

/// <summary>Lines over seconds, as a small SVG.</summary>
/// <param name="title">What it shows.</param>
/// <param name="unit">The unit of the values.</param>
internal sealed class LinePlot(string title, string unit)
{
    private const int Width = 640;
    private const int Height = 300;
    private const int Left = 60;
    private const int Top = 50;
    private const int Bottom = 40;

    private static readonly string[] Colors = ["#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#8c564b"];

    private readonly List<(string Name, (double X, double Y)[] Points)> _lines = [];

    /// <summary>Adds a line.</summary>
    public LinePlot Add(string name, IEnumerable<(double Second, double Value)> points)
    {
        _lines.Add((name, [.. points.OrderBy(point => point.Second)]));
        return this;
    }

    /// <summary>Draws it.</summary>
    public string ToSvg()
    {
        var all = _lines.SelectMany(line => line.Points).ToList();
        var (right, high) = (Round(all.Select(p => p.X).DefaultIfEmpty(1).Max()), Round(all.Select(p => p.Y).DefaultIfEmpty(1).Max()));
        var svg = new StringBuilder($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        Write(svg, Left, 16, $"{title} ({unit})", "font-size=\"13\"");
        for (var part = 0; part <= 4; part++)
        {
            var (x, y) = (X(right * part / 4, right), Y(high * part / 4, high));
            svg.Append($"<path d=\"M{Left} {y.Text("0.#")}H{Width - 20}\" stroke=\"#ddd\"/>\n");
            Write(svg, Left - 6, y + 4, (high * part / 4).Text("0.###"), "text-anchor=\"end\"");
            Write(svg, x, Height - Bottom + 16, $"{(right * part / 4).Text("0.#")} s", "text-anchor=\"middle\"");
        }

        foreach (var (index, (name, points)) in _lines.Index())
        {
            var color = Colors[index % Colors.Length];
            Write(svg, Left + (100 * index), 34, name, $"fill=\"{color}\"");
            svg.Append($"<polyline fill=\"none\" stroke=\"{color}\" stroke-width=\"1.5\" points=\"{string.Join(' ', points.Select(p => $"{X(p.X, right).Text("0.#")},{Y(p.Y, high).Text("0.#")}"))}\"/>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static double X(double value, double right) => Left + (value / right * (Width - Left - 20));

    private static double Y(double value, double high) => Height - Bottom - (value / high * (Height - Top - Bottom));

    private static void Write(StringBuilder svg, double x, double y, string text, string attributes) =>
        svg.Append($"<text x=\"{x.Text("0.#")}\" y=\"{y.Text("0.#")}\" {attributes}>{WebUtility.HtmlEncode(text)}</text>\n");

    /// <summary>The next 1, 2, 4, 5 or 8 times a power of ten: an axis ends there.</summary>
    private static double Round(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(value, 1e-6))));
        return power * new[] { 1, 2, 4, 5, 8, 10.0 }.First(step => step * power >= value);
    }
}
