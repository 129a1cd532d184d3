namespace VoiceWorker.Core.Configuration;

/// <summary>Settings and addresses for people's eyes: user names, passwords and queries in addresses are hidden.</summary>
public static class SecretText
{
    /// <summary>What stands for a secret.</summary>
    public const string Hidden = "***";

    private static readonly char[] EndOfAuthority = ['/', '\\', '?', '#'];

    /// <summary>
    /// Hides the user information (RFC 3986, section 3.2.1) and the query of an address; other text is left as it is.
    /// It goes by the text, not by a parsed URI, which has some characters in another form. When the user information
    /// cannot be told from the rest, as after a password with an unescaped slash, everything is hidden but the scheme.
    /// </summary>
    /// <param name="text">Any setting's value.</param>
    public static string? Hide(string? text)
    {
        if (text is null)
            return null;
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var start = scheme < 0 ? 0 : scheme + 3;
        var (head, rest) = (text[..start], text[start..]);
        var at = rest.LastIndexOf('@');
        if (at < 0)
            return scheme < 0 ? text : head + WithoutQuery(rest);
        var end = rest.IndexOfAny(EndOfAuthority);
        if (end >= 0 && end < at)
            return scheme < 0 ? text : head + Hidden;
        // user:password@host is an address, somebody@somewhere may be anything.
        return scheme < 0 && !rest[..at].Contains(':', StringComparison.Ordinal) ? text : $"{head}{Hidden}@{WithoutQuery(rest[(at + 1)..])}";
    }

    private static string WithoutQuery(string rest) => rest.IndexOfAny(['?', '#']) is >= 0 and var query ? $"{rest[..(query + 1)]}{Hidden}" : rest;
}
