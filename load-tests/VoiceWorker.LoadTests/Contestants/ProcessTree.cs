using System.Globalization;

namespace VoiceWorker.LoadTests.Contestants;

/// <summary>CPU time as Linux counts it.</summary>
internal static class ProcessTree
{
    // USER_HZ is 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>CPU seconds of a process, its children that live, and those that it has waited for.</summary>
    public static double CpuSeconds(int process)
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Select(Path.GetFileName)
            .Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _))
            .Select(name => Read(name!))
            .OfType<Entry>()
            .ToLookup(entry => entry.Parent);
        return all.SelectMany(entries => entries).Where(entry => entry.Id == process).Sum(entry => Sum(entry, all));
    }

    private static double Sum(Entry entry, ILookup<int, Entry> byParent) => entry.Seconds + byParent[entry.Id].Sum(child => Sum(child, byParent));

    private static Entry? Read(string id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            // The program's name, in brackets, may hold anything (proc(5)).
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
            return new(int.Parse(id, CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture), ticks / TicksPerSecond);
        }
        catch (IOException)
        {
            // It has ended.
            return null;
        }
    }

    private sealed record Entry(int Id, int Parent, double Seconds);
}
