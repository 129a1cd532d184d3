using System.CommandLine;

namespace VoiceWorker.Host.Cli.Models;

/// <summary><c>models</c>: what there is, whether it is sound, and how to get more.</summary>
internal sealed class ModelsCommand : Command
{
    public ModelsCommand(CommandContext context)
        : base("models", "Lists, verifies and fetches speech models.")
    {
        Subcommands.Add(new ModelsListCommand(context));
        Subcommands.Add(new ModelsVerifyCommand(context));
        Subcommands.Add(new ModelsPullCommand(context));
    }
}
