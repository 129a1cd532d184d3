using System.CommandLine;
using VoiceWorker.RabbitMq.DeadLetters;

namespace VoiceWorker.Host.Cli.Dead;

/// <summary><c>dead list</c>: what lies there, and why.</summary>
internal sealed class DeadListCommand : DeadLetterCommand
{
    private readonly Option<string[]> _filter = Filters();
    private readonly Option<int> _limit = CommonOptions.Number("--limit", "Letters to show at most.", 1000, 1, 1_000_000);
    private readonly Option<bool> _json = CommonOptions.Json();

    public DeadListCommand(CommandContext context)
        : base("list", "Lists dead letters with the reason, the oldest first; takes none out.", context)
    {
        foreach (var option in new Option[] { _filter, _limit, _json })
            Options.Add(option);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, DeadLetterQueue letters, TimeProvider time, CancellationToken cancellationToken)
    {
        var filter = new DeadLetterFilter(arguments.GetValue(_filter), time.GetUtcNow());
        List<DeadLetterLine> lines = [];
        try
        {
            await foreach (var letter in letters.ReadAsync(cancellationToken).Where(filter.Matches).Take(arguments.GetValue(_limit)))
                lines.Add(DeadLetterLine.Of(letter));
        }
        finally
        {
            DeadLetterReport.Show(Terminal, lines, arguments.GetValue(_json));
            if (lines.Count < letters.Count)
                Terminal.Note($"{lines.Count} of {letters.Count} letters in {letters.Name}.");
        }

        return 0;
    }
}
