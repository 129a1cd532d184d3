using Spectre.Console;

namespace VoiceWorker.LoadTests.Reports;

/// <summary>A table for the terminal and for Markdown.</summary>
/// <param name="columns">The heads of the columns.</param>
internal sealed class ReportTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row.</summary>
    public void Add(params object[] cells) => _rows.Add([.. cells.Select(cell => $"{cell}")]);

    /// <summary>Shows it on the terminal.</summary>
    public void Show()
    {
        var table = new Table().AddColumns([.. columns.Select(Markup.Escape)]);
        foreach (var row in _rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }

    /// <summary>Its lines in Markdown.</summary>
    public IEnumerable<string> Lines() =>
        [Line(columns), Line([.. columns.Select(_ => "---")]), .. _rows.Select(Line)];

    private static string Line(string[] cells) => $"| {string.Join(" | ", cells)} |";
}
