namespace VoiceWorker.Core.Messages;

/// <summary>Language codes by form: two or three letters, as ISO 639-1 and 639-3 have them. Which of them exist is the engines' business.</summary>
internal static class LanguageCode
{
    private static readonly string?[] TwoLetterCodes = new string?[26 * 26];

    /// <summary>Reads a code in any case; the result is lower case and, for two letters, always the same string.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out string code)
    {
        code = "";
        if (text.Length is < 2 or > 3)
            return false;
        Span<char> lower = stackalloc char[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiLetter(text[i]))
                return false;
            lower[i] = (char)(text[i] | 0x20);
        }

        code = lower.Length == 2 ? TwoLetterCodes[((lower[0] - 'a') * 26) + lower[1] - 'a'] ??= lower.ToString() : lower.ToString();
        return true;
    }
}
