using System.Globalization;

namespace VoiceWorker.ChaosTests.Harness;

/// <summary>Looks at processes through /proc (proc(5)).</summary>
internal static class ProcessTree
{
    /// <summary>The numbers of a process's children, their children and so on.</summary>
    public static List<int> ChildrenOf(int id)
    {
        var parents = All().ToDictionary(process => process, ParentOf);
        List<int> Below(int parent) => [.. parents.Where(p => p.Value == parent).SelectMany(p => Below(p.Key).Prepend(p.Key))];
        return Below(id);
    }

    /// <summary>Whether a process runs; one that has ended and is not reaped yet does not.</summary>
    public static bool Runs(int id) => Fields(id) is [not ("Z" or "X"), ..];

    /// <summary>A process's arguments, or its environment, in one text; empty when it is gone.</summary>
    public static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{Text(id)}/{file}").Replace('\0', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static IEnumerable<int> All() => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0);

    private static int ParentOf(int id) => Fields(id) is [_, var parent, ..] ? int.Parse(parent, CultureInfo.InvariantCulture) : 0;

    // The name stands in brackets and may hold any character: what counts comes behind the last one.
    private static string[] Fields(int id)
    {
        var stat = Read(id, "stat");
        return stat.LastIndexOf(')') is >= 0 and var end ? stat[(end + 2)..].Split(' ') : [];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
