using System.CommandLine;

namespace VoiceWorker.Host.Cli.Dead;

/// <summary><c>dead</c>: looks after the jobs that nobody could do.</summary>
internal sealed class DeadCommand : Command
{
    public DeadCommand(CommandContext context)
        : base("dead", "Lists, shows, replays or deletes dead letters.")
    {
        Subcommands.Add(new DeadListCommand(context));
        Subcommands.Add(new DeadShowCommand(context));
        Subcommands.Add(new DeadReplayCommand(context));
        Subcommands.Add(new DeadPurgeCommand(context));
    }
}
