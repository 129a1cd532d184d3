using System.Text.RegularExpressions;

namespace VoiceWorker.Contract.Texts;

/// <summary>Brings order into the white space of a text.</summary>
public static partial class WhiteSpace
{
    /// <summary>
    /// Makes one space of several, removes spaces at both ends of every line and empty lines at both ends of the text;
    /// line breaks become line feeds and stay.
    /// </summary>
    public static string Tidy(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return AtLineEnds.Replace(Several.Replace(text.ReplaceLineEndings("\n"), " "), "").Trim();
    }

    /// <summary>Puts the line breaks at both ends of a text around another one.</summary>
    /// <param name="text">A text without white space at its ends.</param>
    /// <param name="model">The text whose line breaks are taken.</param>
    public static string SurroundLike(string text, string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var lines = model.ReplaceLineEndings("\n").AsSpan();
        var (before, after) = (lines[..^lines.TrimStart().Length].Count('\n'), lines[lines.TrimEnd().Length..].Count('\n'));
        return before + after == 0 ? text : new string('\n', before) + text + new string('\n', after);
    }

    [GeneratedRegex(@"[ \t]{2,}|\t")]
    private static partial Regex Several { get; }

    [GeneratedRegex(@"(?m)^ +| +$")]
    private static partial Regex AtLineEnds { get; }
}
