using System.CommandLine;
using VoiceWorker.RabbitMq.DeadLetters;

namespace VoiceWorker.Host.Cli.Dead;

/// <summary><c>dead replay</c>: gives dead letters to the workers again.</summary>
internal sealed class DeadReplayCommand : DeadLetterCommand
{
    private readonly Option<string[]> _filter = Filters();
    private readonly Option<int> _limit = CommonOptions.Number("--limit", "Letters to replay at most.", 1_000_000, 1, 1_000_000);
    private readonly Option<int?> _deadline = new("--new-deadline") { Description = "Seconds that each replayed job gets from now. Without it, letters whose deadline has passed stay: their jobs would only die again." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only say what would be replayed." };

    public DeadReplayCommand(CommandContext context)
        : base("replay", "Sends dead letters to the queue of jobs again: same id, fields and reply address, attempts counted anew.", context)
    {
        _deadline.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var seconds) && seconds <= 0)
                result.AddError($"--new-deadline must be at least 1 second, not {seconds}.");
        });
        foreach (var option in new Option[] { _filter, _limit, _deadline, _dryRun })
            Options.Add(option);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, DeadLetterQueue letters, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var filter = new DeadLetterFilter(arguments.GetValue(_filter), now);
        var newDeadline = arguments.GetValue(_deadline) is { } seconds ? now.AddSeconds(seconds) : (DateTimeOffset?)null;
        var (limit, dryRun) = (arguments.GetValue(_limit), arguments.GetValue(_dryRun));
        List<DeadLetterLine> listed = [];
        int replayed = 0, late = 0;
        try
        {
            await foreach (var letter in letters.ReadAsync(cancellationToken).Where(filter.Matches))
            {
                if (newDeadline is null && letter.IsLate(now))
                {
                    late++;
                    continue;
                }

                if (dryRun)
                    listed.Add(DeadLetterLine.Of(letter));
                else
                    await letters.ReplayAsync(letter, newDeadline ?? letter.Deadline, now, cancellationToken);
                if (++replayed == limit)
                    break;
            }
        }
        finally
        {
            if (dryRun)
                DeadLetterReport.Show(Terminal, listed, json: false);
            Terminal.Note($"{(dryRun ? "Would replay" : "Replayed")} {replayed} of {letters.Count} letters from {letters.Name} to {letters.JobQueue}.");
            if (late > 0)
                Terminal.Warn($"{late} stay because their deadline has passed; --new-deadline SECONDS gives them another one.");
        }

        return late == 0 ? 0 : 1;
    }
}
