using System.Buffers;
using System.Text.RegularExpressions;

namespace VoiceWorker.Engines.Apertium;

/// <summary>
/// Apertium marks words in its output: <c>*</c> unknown, <c>@</c> missing in the bilingual dictionary, <c>#</c> without
/// the wanted form. apertium-apy can remove only the first, and then takes <c>5*3</c> for a mark and makes 53 of it.
/// </summary>
internal static partial class ApertiumMarks
{
    private static readonly SearchValues<char> Marks = SearchValues.Create("*@#");

    /// <summary>Removes marks; what may have come from the source text stays.</summary>
    /// <param name="source">What was translated.</param>
    /// <param name="translated">What came back, with marks.</param>
    public static string Remove(string source, string translated)
    {
        if (!translated.AsSpan().ContainsAny(Marks))
            return translated;
        foreach (var mark in (ReadOnlySpan<string>)["@", "#"])
        {
            if (!source.Contains(mark, StringComparison.Ordinal))
                translated = translated.Replace(mark, "", StringComparison.Ordinal);
        }

        return Starred().Replace(translated, star => IsMark(source, star.Groups[1].Value) ? star.Groups[1].Value : star.Value);
    }

    /// <summary>An unknown word comes back as it was, but for its first letter's case.</summary>
    private static bool IsMark(string source, string word) =>
        source.Contains(word, StringComparison.OrdinalIgnoreCase) && !source.Contains("*" + word, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\*(\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex Starred();
}
