using System.Text.RegularExpressions;

namespace VoiceWorker.Core.Texts;

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

    [GeneratedRegex(@"[ \t]{2,}|\t")]
    private static partial Regex Several { get; }

    [GeneratedRegex(@"(?m)^ +| +$")]
    private static partial Regex AtLineEnds { get; }
}
