using System.Buffers;

namespace VoiceWorker.Engines.Apertium;

/// <summary>
/// Apertium marks words in its output: <c>*</c> unknown, <c>@</c> missing in the bilingual dictionary, <c>#</c> without
/// the wanted form. apertium-apy can remove only the first, and then takes <c>5*3</c> for a mark and makes 53 of it.
/// </summary>
internal static class ApertiumMarks
{
    private static readonly SearchValues<char> Marks = SearchValues.Create("*@#");

    /// <summary>Removes marks; a character that the source text has itself stays, wherever it is.</summary>
    /// <param name="source">What was translated.</param>
    /// <param name="translated">What came back, with marks.</param>
    public static string Remove(string source, string translated)
    {
        if (!translated.AsSpan().ContainsAny(Marks))
            return translated;
        foreach (var mark in (ReadOnlySpan<string>)["*", "@", "#"])
        {
            if (!source.Contains(mark, StringComparison.Ordinal))
                translated = translated.Replace(mark, "", StringComparison.Ordinal);
        }

        return translated;
    }
}
