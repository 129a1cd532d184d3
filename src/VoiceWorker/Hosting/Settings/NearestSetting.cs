namespace VoiceWorker.Host.Hosting.Settings;

/// <summary>What somebody may have meant with the name of a setting that does not exist.</summary>
internal static class NearestSetting
{
    // One thing with many names.
    private static readonly string[] Addresses = ["address", "baseaddress", "baseuri", "baseurl", "endpoint", "host", "hostname", "server", "uri", "url"];

    /// <summary>A hint, as a sentence.</summary>
    public static string HintFor(string key)
    {
        // RabbitMq_Uri in the environment, where it takes two underscores.
        var asked = key.Contains(':', StringComparison.Ordinal) ? key : key.Replace('_', ':');
        if (SectionOf(asked) is not { } section)
            return Whole(asked) is { } whole ? $"Did you mean {whole}?" : $"The sections are {string.Join(", ", KnownSettings.TopSections)}.";
        var settings = KnownSettings.All.Where(known => known.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase)).ToList();
        return InSection(asked[(section.Length + 1)..], section.Length + 1, settings) is { } near
            ? $"Did you mean {near}?"
            : $"{section} has {string.Join(", ", settings.Select(known => known[(section.Length + 1)..]))}.";
    }

    private static string? SectionOf(string key)
    {
        var sections = KnownSettings.All.Select(known => known[..known.LastIndexOf(':')]).Distinct(StringComparer.OrdinalIgnoreCase);
        return sections.Where(section => key.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase)).MaxBy(section => section.Length);
    }

    private static string? Whole(string key)
    {
        // The section is there, but what it is a part of was left out.
        var end = ":" + key;
        if (KnownSettings.All.FirstOrDefault(known => known.EndsWith(end, StringComparison.OrdinalIgnoreCase)) is { } longer)
            return longer;
        var (near, distance) = Nearest(key, KnownSettings.All, 0);
        return distance <= Math.Max(2, key.Length / 4) ? near : null;
    }

    private static string? InSection(string name, int prefix, List<string> settings)
    {
        var (near, distance) = Nearest(name, settings, prefix);
        if (distance <= 2)
            return near;
        if (settings.Find(known => Contains(known[prefix..], name) || Contains(name, known[prefix..])) is { } part)
            return part;
        if (IsAddress(name) && settings.Find(known => IsAddress(known[prefix..])) is { } address)
            return address;
        return distance <= name.Length / 3 ? near : null;
    }

    private static bool Contains(string name, string part) => part.Length >= 3 && name.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static bool IsAddress(string name) => Addresses.Contains(name.ToLowerInvariant());

    private static (string? Setting, int Distance) Nearest(string name, IEnumerable<string> settings, int prefix) =>
        settings.Select(known => ((string?)known, Distance(name, known[prefix..]))).DefaultIfEmpty((null, int.MaxValue)).MinBy(pair => pair.Item2);

    /// <summary>How many letters have to be changed, added, left out or swapped with their neighbour (optimal string alignment), case aside.</summary>
    internal static int Distance(string one, string other)
    {
        var (a, b) = (one.ToLowerInvariant(), other.ToLowerInvariant());
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            table[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            table[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(change, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }

        return table[a.Length, b.Length];
    }
}
