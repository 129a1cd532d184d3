using System.Buffers;

namespace VoiceWorker.Engines.Translation;

/// <summary>Cuts long texts where it hurts least, for engines that take only so much at once.</summary>
internal static class TextPieces
{
    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?…。！？");

    /// <summary>
    /// Cuts a text behind a line, else behind a sentence, else behind a word, else anywhere but inside a character.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">The longest piece, in UTF-16 characters, at least 2.</param>
    /// <returns>Pieces whose words and gaps, put together again, are the text; a piece may be all gap.</returns>
    public static IEnumerable<TextPiece> Cut(string text, int maxLength)
    {
        var start = text.Length - text.AsSpan().TrimStart().Length;
        if (start > 0)
            yield return new TextPiece("", text[..start]);
        while (start < text.Length)
        {
            var end = text.Length - start <= maxLength ? text.Length : start + Break(text.AsSpan(start, maxLength));
            while (end < text.Length && char.IsWhiteSpace(text[end]))
                end++;
            var words = text.AsSpan(start, end - start).TrimEnd().Length;
            yield return new TextPiece(text.Substring(start, words), text[(start + words)..end]);
            start = end;
        }
    }

    private static int Break(ReadOnlySpan<char> text)
    {
        if (text.LastIndexOf('\n') is > 0 and var line)
            return line;
        for (var sentence = text.LastIndexOfAny(SentenceEnds); sentence > 0; sentence = text[..sentence].LastIndexOfAny(SentenceEnds))
        {
            // 3.14 and example.org are no ends of sentences; Chinese and Japanese sentences have no space between them.
            if (text[sentence] > '…' || (sentence + 1 < text.Length && char.IsWhiteSpace(text[sentence + 1])))
                return sentence + 1;
        }

        for (var space = text.Length - 1; space > 0; space--)
        {
            if (char.IsWhiteSpace(text[space]))
                return space;
        }

        return char.IsHighSurrogate(text[^1]) ? text.Length - 1 : text.Length;
    }
}
