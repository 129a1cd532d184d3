using System.CommandLine;

namespace VoiceWorker.Host.Cli;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "One JSON object a line instead of the table." };

    public static Option<bool> Verbose() => new("--verbose", "-v") { Description = "The log's normal messages as well." };
}
