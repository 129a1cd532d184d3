using System.CommandLine;
using Spectre.Console;
using VoiceWorker.RabbitMq.DeadLetters;

namespace VoiceWorker.Host.Cli.Dead;

/// <summary><c>dead purge</c>: deletes dead letters for good.</summary>
internal sealed class DeadPurgeCommand : DeadLetterCommand
{
    private readonly Option<string[]> _filter = Filters();
    private readonly Option<bool> _yes = new("--yes") { Description = "Do not ask." };

    public DeadPurgeCommand(CommandContext context)
        : base("purge", "Deletes dead letters for good; asks before it does.", context)
    {
        Options.Add(_filter);
        Options.Add(_yes);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, DeadLetterQueue letters, TimeProvider time, CancellationToken cancellationToken)
    {
        var expressions = arguments.GetValue(_filter) ?? [];
        if (!arguments.GetValue(_yes) && !await ConfirmAsync(letters, expressions, cancellationToken))
        {
            Terminal.Warn("Nothing was deleted. Say --yes to delete without being asked.");
            return 1;
        }

        var deleted = 0;
        try
        {
            await foreach (var letter in letters.ReadAsync(cancellationToken).Where(new DeadLetterFilter(expressions, time.GetUtcNow()).Matches))
            {
                await letters.RemoveAsync(letter, cancellationToken);
                deleted++;
            }
        }
        finally
        {
            Terminal.Note($"Deleted {deleted} of {letters.Count} letters from {letters.Name}.");
        }

        return 0;
    }

    private async Task<bool> ConfirmAsync(DeadLetterQueue letters, string[] expressions, CancellationToken cancellationToken)
    {
        // Who has no terminal cannot answer.
        if (!Terminal.Error.Profile.Capabilities.Interactive)
            return false;
        var which = expressions.Length == 0 ? $"all {letters.Count} letters" : $"the letters with {string.Join(", ", expressions)}, of {letters.Count},";
        return await Terminal.Error.PromptAsync(new ConfirmationPrompt(Markup.Escape($"Delete {which} from {letters.Name} for good?")) { DefaultValue = false }, cancellationToken);
    }
}
