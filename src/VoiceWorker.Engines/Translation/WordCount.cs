using System.Text;

namespace VoiceWorker.Engines.Translation;

/// <summary>Measures what a text costs a translator.</summary>
internal static class WordCount
{
    /// <summary>Counts runs of letters, digits and their marks, and every other character that is no white space.</summary>
    public static int Of(string text)
    {
        var (count, inWord) = (0, false);
        foreach (var rune in text.EnumerateRunes())
        {
            var isWord = Rune.IsLetterOrDigit(rune) || (inWord && rune.Value > 0x7F && !Rune.IsPunctuation(rune) && !Rune.IsSymbol(rune) && !Rune.IsWhiteSpace(rune));
            if (isWord ? !inWord : !Rune.IsWhiteSpace(rune))
                count++;
            inWord = isWord;
        }

        return count;
    }
}
