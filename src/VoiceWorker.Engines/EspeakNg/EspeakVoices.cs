using System.Text.RegularExpressions;

namespace VoiceWorker.Engines.EspeakNg;

/// <summary>The installed voices and variants, as espeak-ng lists them.</summary>
internal sealed partial class EspeakVoices
{
    private readonly Dictionary<string, EspeakVoice> _voices;
    private readonly HashSet<string> _variants;

    private EspeakVoices(IEnumerable<EspeakVoice> voices, IEnumerable<string> variants)
    {
        _voices = new Dictionary<string, EspeakVoice>(StringComparer.OrdinalIgnoreCase);
        foreach (var voice in voices)
            _voices.TryAdd(voice.Name, voice);
        _variants = new HashSet<string>(variants, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>How many voices there are.</summary>
    public int Count => _voices.Count;

    /// <summary>Every language tag that has a voice, in order.</summary>
    public IEnumerable<string> Names => _voices.Keys.Order(StringComparer.Ordinal);

    /// <summary>Reads the tables that <c>--voices</c> and <c>--voices=variant</c> print.</summary>
    public static EspeakVoices Parse(string voices, string variants) =>
        new(
            Lines(voices).Select(row => new EspeakVoice(row.Groups["language"].Value, Languages(row))),
            Lines(variants).Select(row => row.Groups["file"].Value).Where(file => file.StartsWith("!v/", StringComparison.Ordinal)).Select(file => file[3..]));

    /// <summary>The voice of a name; null if there is none.</summary>
    public EspeakVoice? Find(string name) => _voices.GetValueOrDefault(name);

    /// <summary>A variant in espeak-ng's own spelling; null if there is none.</summary>
    public string? FindVariant(string name) => _variants.TryGetValue(name, out var variant) ? variant : null;

    private static IEnumerable<Match> Lines(string table) =>
        table.Split('\n').Select(line => Row.Match(line)).Where(match => match.Success);

    // "(zh-cmn 5)(zh 5)": other languages of the voice, each with a priority.
    private static List<string> Languages(Match row) =>
        OtherLanguage.Matches(row.Groups["others"].Value)
            .Select(match => match.Groups[1].Value)
            .Prepend(row.Groups["language"].Value)
            .Select(tag => tag.Split('-')[0].ToLowerInvariant())
            .Distinct()
            .ToList();

    // Priority, language, age and gender, name, file, other languages. The header has no number in front.
    [GeneratedRegex(@"^\s*\d+\s+(?<language>[A-Za-z0-9-]+)\s+\S+\s+\S+\s+(?<file>[\w!/-]+)\s*(?<others>(\([^)]*\))*)\s*$")]
    private static partial Regex Row { get; }

    [GeneratedRegex(@"\(([A-Za-z0-9-]+) \d+\)")]
    private static partial Regex OtherLanguage { get; }
}
