using System.Text.RegularExpressions;

namespace VoiceWorker.Host.Cli;

/// <summary>Tells configuration (<c>--Section:Key=value</c> or <c>--Section:Key value</c>) from the commands' own arguments.</summary>
internal static partial class ConfigurationArguments
{
    /// <summary>Splits a command line; everything after <c>--</c> belongs to the command.</summary>
    public static (string[] Command, string[] Configuration) Split(IReadOnlyList<string> args)
    {
        List<string> command = [], configuration = [];
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == "--")
            {
                command.AddRange(args.Skip(i));
                break;
            }

            if (!Setting().IsMatch(args[i]))
                command.Add(args[i]);
            else if (args[i].Contains('=', StringComparison.Ordinal) || i + 1 == args.Count)
                configuration.Add(args[i]);
            else
                configuration.Add($"{args[i]}={args[++i]}");
        }

        return ([.. command], [.. configuration]);
    }

    // A capital letter first: --from:en is the command's own option in another spelling.
    [GeneratedRegex("^--[A-Z][A-Za-z0-9]*(:[A-Za-z0-9._-]+)+(=|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Setting();
}
