using System.Globalization;
using System.Text;

namespace VoiceWorker.Contract.Texts;

/// <summary>
/// A text as engines should see it. Keyboards, word processors and web pages leave much in a text that a reader does
/// not see and an engine stumbles over: decomposed accents, invisible characters, a dozen kinds of space, letters of
/// another width.
/// </summary>
public static class PlainText
{
    // Longer runs are no words: rules of dashes, leaders of dots, a cat on the keyboard. Digits keep theirs.
    private const int MaxRun = 32;

    // More marks on one letter than any language has; the longest in use, in Vietnamese, Hebrew and Tibetan, have fewer.
    private const int MaxMarks = 8;

    /// <summary>
    /// Composes accents (NFC), removes what is invisible, makes every space a plain one and every line break a line
    /// feed, brings letters of other widths and fonts to their plain form, and cuts endless runs of one character.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <returns>The words and line breaks of the text; no white space at the ends of lines, no two spaces in a row.</returns>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var visible = Nfc.Compose(text);
        var keepsWidth = visible.AsSpan().ContainsAnyInRange('\u3040', '\u9FFF') || visible.AsSpan().ContainsAnyInRange('\uAC00', '\uD7A3');
        var plain = new StringBuilder(visible.Length);
        var (last, run, marks) = (default(Rune), 0, 0);
        foreach (var rune in visible.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (IsInvisible(rune))
                continue;
            (last, run) = (rune, rune == last ? run + 1 : 1);
            marks = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if ((run <= MaxRun || Rune.IsDigit(rune)) && marks <= MaxMarks)
                Append(plain, rune, keepsWidth);
        }

        // A plain form may be half of a letter that composes: half-width katakana and their voice marks.
        return WhiteSpace.Tidy(Nfc.Compose(plain.ToString()));
    }

    private static void Append(StringBuilder plain, Rune rune, bool keepsWidth)
    {
        if (rune.Value != '\n' && Rune.IsWhiteSpace(rune))
            plain.Append(' ');
        else if (rune.Value >= 0x2100 && !(keepsWidth && !Rune.IsLetterOrDigit(rune)) && UnicodeTables.Instance.PlainFormOf(rune.Value) is { } form)
            plain.Append(form);
        else
            plain.Append(rune.ToString());
    }

    // Joiners stay: Persian and the languages of India write with them, and emoji are joined by them.
    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => !Rune.IsWhiteSpace(rune),
        UnicodeCategory.Format => rune.Value is not (0x200C or 0x200D or (>= 0xE0020 and <= 0xE007F)),
        _ => rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0,
    };
}
