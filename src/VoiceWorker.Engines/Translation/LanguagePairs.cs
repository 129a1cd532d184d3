using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Engines.Translation;

/// <summary>The pairs of languages that an engine has.</summary>
/// <param name="pairs">In the engine's own codes: ISO 639-1, sometimes with a variant (<c>en_US</c>, <c>zh-Hans</c>).</param>
internal sealed class LanguagePairs(IEnumerable<LanguagePair> pairs)
{
    private const int MostListed = 40;
    private readonly LanguagePair[] _pairs = [.. pairs.Distinct().OrderBy(pair => pair.ToString(), StringComparer.Ordinal)];

    /// <summary>Every pair, in alphabetic order.</summary>
    public IReadOnlyList<LanguagePair> All => _pairs;

    /// <summary>The pair to try an engine out with: English to Spanish where it is there, else another one; null for none.</summary>
    public LanguagePair? Sample => TryFind("en", "es", out var usual) ? usual : _pairs.Length > 0 ? _pairs[^1] : null;

    /// <summary>Finds the engine's codes for two languages; a variant serves where the plain language is missing.</summary>
    /// <param name="source">ISO 639-1 code.</param>
    /// <param name="target">ISO 639-1 code.</param>
    /// <param name="pair">The engine's codes.</param>
    public bool TryFind(string source, string target, out LanguagePair pair)
    {
        pair = Array.Find(_pairs, p => Same(p.Source, source) && Same(p.Target, target));
        if (pair == default)
            pair = Array.Find(_pairs, p => Serves(p.Source, source) && Serves(p.Target, target));
        return pair != default;
    }

    /// <summary>What a producer is told who asks for a pair that is not there.</summary>
    public EngineException Lacks(string engine, string source, string target) => EngineException.BadJob(
        ErrorCode.UnsupportedLanguage, $"{engine} does not translate from {source} to {target}; it has {this}.");

    /// <summary>The pairs in words; not all of them when there are hundreds.</summary>
    public override string ToString() => _pairs.Length switch
    {
        0 => "no pair of languages at all",
        <= MostListed => string.Join(", ", _pairs),
        _ => $"{string.Join(", ", _pairs.Take(MostListed))} and {_pairs.Length - MostListed} more",
    };

    private static bool Same(string code, string language) => code.Equals(language, StringComparison.OrdinalIgnoreCase);

    private static bool Serves(string code, string language) =>
        Same(code, language)
        || (code.Length > language.Length && code[language.Length] is '-' or '_' && code.StartsWith(language, StringComparison.OrdinalIgnoreCase));
}
