using System.Globalization;
using System.Runtime.InteropServices;

namespace VoiceWorker.IntegrationTests.Translating;

/// <summary>Looks at processes and sends them signals (Linux, proc(5)).</summary>
internal static partial class Processes
{
    public const int SigKill = 9;
    public const int SigStop = 19;

    /// <summary>The living members of a process group; the dead whose parent has not looked are no longer living.</summary>
    public static IReadOnlyList<int> InGroup(int group) => [.. Directory.EnumerateDirectories("/proc")
        .Select(Path.GetFileName)
        .Where(name => name!.All(char.IsAsciiDigit))
        .Select(name => (Id: int.Parse(name!, CultureInfo.InvariantCulture), Stat: Stat(name!)))
        .Where(process => process.Stat is [not "Z" and not "X", _, var pgrp, ..] && pgrp == group.ToString(CultureInfo.InvariantCulture))
        .Select(process => process.Id)];

    public static string Environment(int id) => File.ReadAllText($"/proc/{id}/environ");

    public static void Signal(int id, int signal) => Assert.Equal(0, Kill(id, signal));

    /// <summary>State, parent, group and what else proc(5) has behind the name, which may hold spaces and parentheses.</summary>
    private static string[] Stat(string id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int id, int signal);
}
