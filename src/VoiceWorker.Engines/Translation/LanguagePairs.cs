using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Texts;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Engines.Translation;

/// <summary>The pairs of languages that an engine has.</summary>
internal sealed class LanguagePairs
{
    private const int MaxListed = 40;
    private readonly LanguagePair[] _pairs;
    private readonly Dictionary<string, LanguageTag?> _tags;

    /// <summary>Takes an engine's pairs.</summary>
    /// <param name="pairs">In the engine's own codes: ISO 639-1, sometimes with a variant (<c>en_US</c>, <c>zh-Hans</c>).</param>
    public LanguagePairs(IEnumerable<LanguagePair> pairs)
    {
        _pairs = [.. pairs.Distinct().OrderBy(pair => pair.ToString(), StringComparer.Ordinal)];
        _tags = _pairs.SelectMany(pair => new[] { pair.Source, pair.Target }).Distinct().ToDictionary(code => code, Parse);
    }

    /// <summary>Every pair, in alphabetic order.</summary>
    public IReadOnlyList<LanguagePair> All => _pairs;

    /// <summary>The pair to try an engine out with: English to Spanish where it is there, else another one; null for none.</summary>
    public LanguagePair? Sample => TryFind("en", "es", out var usual) ? usual : _pairs.Length > 0 ? _pairs[^1] : null;

    /// <summary>
    /// Finds the engine's codes for two languages: those with the same script and region where there are such, else the
    /// nearest of the same language.
    /// </summary>
    /// <param name="source">ISO 639-1 code or BCP 47 tag.</param>
    /// <param name="target">ISO 639-1 code or BCP 47 tag.</param>
    /// <param name="pair">The engine's codes.</param>
    public bool TryFind(string source, string target, out LanguagePair pair)
    {
        var (from, to) = (Parse(source), Parse(target));
        (pair, var nearest) = (default, int.MaxValue);
        foreach (var candidate in _pairs)
        {
            if (Distance(candidate.Source, source, from) + Distance(candidate.Target, target, to) is { } distance && distance < nearest)
                (pair, nearest) = (candidate, distance);
        }

        return pair != default;
    }

    /// <summary>What a producer is told who asks for a pair that is not there.</summary>
    public EngineException Lacks(string engine, string source, string target) => EngineException.BadJob(
        ErrorCode.UnsupportedLanguage, $"{engine} does not translate from {source} to {target}; it has {this}.");

    /// <summary>The pairs in words; not all of them when there are hundreds.</summary>
    public override string ToString() => _pairs.Length switch
    {
        0 => "no pair of languages at all",
        <= MaxListed => string.Join(", ", _pairs),
        _ => $"{string.Join(", ", _pairs.Take(MaxListed))} and {_pairs.Length - MaxListed} more",
    };

    // Null: another language. A wrong script is worse than a wrong region, and either is worse than none.
    private int? Distance(string code, string wanted, LanguageTag? tag)
    {
        if (code.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            return 0;
        return tag is { } other && _tags[code] is { } own && own.Language == other.Language ? (4 * Distance(own.Script, other.Script)) + Distance(own.Region, other.Region) : null;
    }

    private static int Distance(string? own, string? other) => own == other ? 0 : own is null || other is null ? 1 : 2;

    private static LanguageTag? Parse(string code) => LanguageTag.TryParse(code, out var tag) ? tag : null;
}
