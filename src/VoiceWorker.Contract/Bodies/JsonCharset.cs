using System.Text;

namespace VoiceWorker.Contract.Bodies;

/// <summary>
/// The character set of a JSON body. It is UTF-8 unless the body itself, its media type or its content_encoding say
/// otherwise.
/// </summary>
internal static class JsonCharset
{
    /// <summary>What has to be converted to UTF-8; null for what is UTF-8 already.</summary>
    /// <param name="body">The body.</param>
    /// <param name="charset">The name that the producer gave; null for none.</param>
    /// <param name="encoding">The character set.</param>
    /// <returns>Whether it is known.</returns>
    public static bool TryFind(ReadOnlySpan<byte> body, string? charset, out Encoding? encoding)
    {
        encoding = Seen(body);
        return encoding is not null || IsUtf8(charset) || body.StartsWith("\uFEFF"u8) || TryByName(charset!, out encoding);
    }

    /// <summary>Whether a name means UTF-8 or a part of it.</summary>
    public static bool IsUtf8(string? charset) => charset is null or "" or "utf-8" or "utf8" or "utf_8" or "us-ascii" or "ascii";

    /// <summary>Finds a character set by its name.</summary>
    public static bool TryByName(string charset, out Encoding? encoding)
    {
        try
        {
            encoding = Encoding.GetEncoding(charset);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            encoding = null;
            return false;
        }
    }

    // A byte order mark, or '{' in two bytes: JSON begins with ASCII.
    private static Encoding? Seen(ReadOnlySpan<byte> body) => body switch
    {
        [0xff, 0xfe, ..] or [(byte)'{' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t', 0, ..] => Encoding.Unicode,
        [0xfe, 0xff, ..] or [0, (byte)'{' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t', ..] => Encoding.BigEndianUnicode,
        _ => null,
    };
}
