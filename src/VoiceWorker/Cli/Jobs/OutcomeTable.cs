using System.Globalization;
using Spectre.Console;

namespace VoiceWorker.Host.Cli.Jobs;

/// <summary>What became of the jobs, for people: a column for each stage's time, or on a narrow terminal all of them in one.</summary>
internal static class OutcomeTable
{
    private const int WidthForAllColumns = 120;

    private static readonly (string Stage, string Heading)[] Stages =
        [("decode", "decode"), ("transcribe", "hear"), ("translate", "translate"), ("synthesize", "speak"), ("encode", "encode")];

    public static Table Create(IAnsiConsole console, IReadOnlyList<JobOutcome> outcomes)
    {
        var table = new Table { Border = console.Profile.Capabilities.Ansi ? TableBorder.Rounded : TableBorder.Simple };
        var wide = console.Profile.Width >= WidthForAllColumns;
        table.AddColumns(wide ? ["job", "heard", "translation", "reply"] : ["job", "heard, translation", "reply, times in ms"]);
        if (wide)
            table.AddColumns([.. Stages.Select(s => s.Heading).Append("all, ms").Select(heading => new TableColumn(heading) { Alignment = Justify.Right, NoWrap = true })]);
        foreach (var outcome in outcomes)
            table.AddRow((wide ? WideRow(outcome) : NarrowRow(outcome)).Select(cell => new Text(Terminal.Plain(cell))));
        return table;
    }

    private static IEnumerable<string> WideRow(JobOutcome outcome) =>
        [outcome.Name, Heard(outcome), Translation(outcome), Format(outcome), .. Stages.Select(s => Time(outcome, s.Stage)), Milliseconds(outcome.Elapsed.TotalSeconds)];

    private static IEnumerable<string> NarrowRow(JobOutcome outcome)
    {
        var times = Stages.Select(s => (s.Heading, Time: Time(outcome, s.Stage))).Where(s => s.Time.Length > 0).Select(s => $"{s.Heading} {s.Time}");
        return
        [
            outcome.Name,
            $"{Heard(outcome)}\n{Translation(outcome)}",
            $"{Format(outcome)}\n{string.Join(", ", times.Append($"all {Milliseconds(outcome.Elapsed.TotalSeconds)}"))}",
        ];
    }

    private static string Heard(JobOutcome outcome) => outcome.Translated is { } data ? Words(data.SourceLang, data.OriginalText) : "failed, see below";

    private static string Translation(JobOutcome outcome) => outcome.Translated is { } data ? Words(data.TargetLang, data.TranslatedText) : "";

    private static string Format(JobOutcome outcome) => outcome.Translated switch
    {
        null => "",
        { ContentType: { } type } => type,
        { NeedsFallback: true } => "text only: speech failed",
        _ => "text only",
    };

    private static string Time(JobOutcome outcome, string stage) =>
        outcome.Translated?.Timings.TryGetValue(stage, out var seconds) == true ? Milliseconds(seconds) : "";

    private static string Words(string? language, string? text) => string.IsNullOrEmpty(text) ? "(no words)" : $"{language}: {text}";

    private static string Milliseconds(double seconds) => (seconds * 1000).ToString("0", CultureInfo.InvariantCulture);
}
