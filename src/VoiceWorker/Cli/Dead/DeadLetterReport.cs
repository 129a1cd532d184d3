using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace VoiceWorker.Host.Cli.Dead;

/// <summary>Shows dead letters: a table for people, JSON lines for scripts.</summary>
internal static class DeadLetterReport
{
    private const int LongestReason = 200;

    public static void Show(Terminal terminal, IReadOnlyList<DeadLetterLine> letters, bool json)
    {
        if (json)
        {
            foreach (var letter in letters)
                terminal.Out.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(letter, WireJson.Readable.DeadLetterLine));
            return;
        }

        var console = terminal.Out;
        var table = new Table { Border = console.Profile.Capabilities.Ansi ? TableBorder.Rounded : TableBorder.Simple };
        table.AddColumns("message id", "code", "stage", "attempts", "bytes", "sender", "first seen", "failed", "reason");
        table.Columns[3].Alignment = table.Columns[4].Alignment = Justify.Right;
        foreach (var letter in letters)
            table.AddRow(Cells(letter).Select(cell => new Text(Terminal.Plain(cell))));
        console.Write(table);
    }

    /// <summary>A moment for people.</summary>
    public static string When(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private static IEnumerable<string> Cells(DeadLetterLine letter) =>
    [
        letter.MessageId, letter.Code, letter.Stage, letter.Attempts.ToString(CultureInfo.InvariantCulture), letter.Bytes.ToString("N0", CultureInfo.InvariantCulture),
        letter.Sender ?? "", When(letter.FirstSeen), When(letter.FailedAt), letter.Reason.Length > LongestReason ? $"{letter.Reason[..LongestReason]}…" : letter.Reason,
    ];
}
