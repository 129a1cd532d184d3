using System.Collections.Frozen;
using System.Globalization;

namespace VoiceWorker.Contract.Texts;

/// <summary>
/// What of the Unicode Character Database is needed and .NET keeps to itself in invariant mode; see eng/unicode-data.py
/// for the file's form. Read when the first text needs it.
/// </summary>
internal sealed class UnicodeTables
{
    private static readonly Lazy<UnicodeTables> Lazy = new(() => new UnicodeTables());

    private readonly FrozenDictionary<int, int> _classes;
    private readonly FrozenDictionary<int, int[]> _decompositions;
    private readonly FrozenDictionary<(int, int), int> _compositions;
    private readonly FrozenDictionary<int, string> _plainForms;
    private readonly FrozenSet<int> _unstable;

    private UnicodeTables()
    {
        var (classes, decompositions, compositions, plain) = (new Dictionary<int, int>(), new Dictionary<int, int[]>(), new Dictionary<(int, int), int>(), new Dictionary<int, string>());
        foreach (var line in Lines())
        {
            var (key, value) = (line[..line.IndexOf(' ', StringComparison.Ordinal)], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            var (first, last) = (Hex(key.Split('-')[0]), Hex(key.Split('-')[^1]));
            for (var code = first; code <= last; code++)
            {
                if (value[0] == '~')
                    plain.Add(code, string.Concat(Codes(value[1..]).Select((part, i) => char.ConvertFromUtf32(i == 0 ? part + code - first : part))));
                else if (value[0] == '=')
                    decompositions.Add(code, Codes(value[1..]));
                else if (value.Contains('+', StringComparison.Ordinal))
                    decompositions.Add(code, Codes(value));
                else
                    classes.Add(code, int.Parse(value, CultureInfo.InvariantCulture));
            }

            if (value.Contains('+', StringComparison.Ordinal) && value[0] is not ('=' or '~'))
                compositions.Add((decompositions[first][0], decompositions[first][1]), first);
        }

        (_classes, _decompositions, _compositions, _plainForms) = (classes.ToFrozenDictionary(), decompositions.ToFrozenDictionary(), compositions.ToFrozenDictionary(), plain.ToFrozenDictionary());
        _unstable = classes.Keys.Concat(decompositions.Keys.Except(compositions.Values)).Concat(compositions.Keys.Select(pair => pair.Item2)).ToFrozenSet();
    }

    /// <summary>The tables.</summary>
    public static UnicodeTables Instance => Lazy.Value;

    /// <summary>The canonical combining class; 0 for what is no mark.</summary>
    public int ClassOf(int code) => _classes.GetValueOrDefault(code);

    /// <summary>The canonical decomposition, one step of it; null for none.</summary>
    public int[]? DecompositionOf(int code) => _decompositions.GetValueOrDefault(code);

    /// <summary>What two code points compose to; 0 for nothing.</summary>
    public int Compose(int first, int second) => _compositions.GetValueOrDefault((first, second));

    /// <summary>The plain form of a letter that differs only in width or font, or of a Latin ligature; null for none.</summary>
    public string? PlainFormOf(int code) => _plainForms.GetValueOrDefault(code);

    /// <summary>Whether NFC may change the code point, or join it to the one before.</summary>
    public bool IsUnstable(int code) => _unstable.Contains(code);

    private static int[] Codes(string text) => [.. text.Split('+').Select(Hex)];

    private static int Hex(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Lines()
    {
        using var reader = new StreamReader(typeof(UnicodeTables).Assembly.GetManifestResourceStream("unicode.txt")!);
        while (reader.ReadLine() is { } line)
        {
            if (line[0] != '#')
                yield return line;
        }
    }
}
