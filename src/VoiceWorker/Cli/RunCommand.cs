using System.CommandLine;

namespace VoiceWorker.Host.Cli;

/// <summary><c>run</c>: the daemon; also what happens without a command.</summary>
internal sealed class RunCommand : Command
{
    public RunCommand(CommandContext context)
        : base("run", "Takes jobs from RabbitMQ until it is told to stop (the default).") =>
        SetAction((_, cancellationToken) => context.Run(context.Configuration, cancellationToken));
}
