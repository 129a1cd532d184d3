using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace VoiceWorker.Host.Cli;

/// <summary>Shows what became of the jobs: a table for people, JSON lines for scripts.</summary>
internal static class OutcomeReport
{
    private static readonly (string Stage, string Heading)[] Stages =
        [("decode", "decode"), ("transcribe", "hear"), ("translate", "translate"), ("synthesize", "speak"), ("encode", "encode")];

    /// <returns>The command's exit code: 0 when every job succeeded, 1 otherwise.</returns>
    public static int Show(Terminal terminal, IReadOnlyList<JobOutcome> outcomes, bool json)
    {
        if (json)
        {
            foreach (var outcome in outcomes)
                terminal.Out.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(JobOutcomeLine.Of(outcome), WireJson.Readable.JobOutcomeLine));
        }
        else
        {
            terminal.Out.Write(Table(terminal.Out, outcomes));
            foreach (var outcome in outcomes.Where(o => !o.Succeeded))
                terminal.Warn($"{outcome.Name}: {outcome.Problem}");
        }

        return outcomes.All(o => o.Succeeded) ? 0 : 1;
    }

    private static Table Table(IAnsiConsole console, IReadOnlyList<JobOutcome> outcomes)
    {
        var table = new Table { Border = console.Profile.Capabilities.Ansi ? TableBorder.Rounded : TableBorder.Simple };
        table.AddColumns("job", "heard", "translation", "reply");
        foreach (var (_, heading) in Stages)
            table.AddColumn(new TableColumn(heading) { Alignment = Justify.Right, NoWrap = true });
        table.AddColumn(new TableColumn("all, ms") { Alignment = Justify.Right, NoWrap = true });
        foreach (var outcome in outcomes)
            table.AddRow(Cells(outcome).Select(cell => new Text(Terminal.Plain(cell))));
        return table;
    }

    private static IEnumerable<string> Cells(JobOutcome outcome)
    {
        var data = outcome.Succeeded ? outcome.Reply!.Data : null;
        yield return outcome.Name;
        yield return data is null ? "failed, see below" : Words(data.SourceLang, data.OriginalText);
        yield return data is null ? "" : Words(data.TargetLang, data.TranslatedText);
        yield return data is null ? "" : outcome.ReplyFormat;
        foreach (var (stage, _) in Stages)
            yield return data is not null && data.Timings.TryGetValue(stage, out var seconds) ? Milliseconds(seconds) : "";
        yield return Milliseconds(outcome.Elapsed.TotalSeconds);
    }

    private static string Words(string? language, string? text) => string.IsNullOrEmpty(text) ? "(no words)" : $"{language}: {text}";

    private static string Milliseconds(double seconds) => (seconds * 1000).ToString("0", CultureInfo.InvariantCulture);
}
