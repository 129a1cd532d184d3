using VoiceWorker.Contract.Reading;

namespace VoiceWorker.Contract.Bodies;

/// <summary>
/// What the property content_encoding says. HTTP means compression by it, Python's clients the character set of a text,
/// or that the body is bytes; kombu and Celery have a header for compression.
/// </summary>
internal static class ContentEncoding
{
    /// <summary>What is read, for error messages.</summary>
    public const string Accepted = "nothing, identity, gzip or deflate";

    private const string KombuHeader = "compression";

    /// <summary>How the body is compressed.</summary>
    /// <param name="properties">The message's properties.</param>
    /// <param name="compression">The compression.</param>
    /// <param name="charset">The character set if one is named, else null.</param>
    /// <returns>Whether it is understood.</returns>
    public static bool TryParse(in JobProperties properties, out Compression compression, out string? charset)
    {
        var known = TryParse(properties.ContentEncoding, out compression, out charset);
        // kombu calls zlib gzip.
        if (known && compression == Compression.None && JobHeaders.Text(properties.Headers, KombuHeader) is "application/x-gzip")
            compression = Compression.Deflate;
        return known;
    }

    private static bool TryParse(string? encoding, out Compression compression, out string? charset)
    {
        var name = encoding?.Trim().ToLowerInvariant();
        (var known, compression, charset) = name switch
        {
            null or "" or "identity" or "binary" or "8bit" or "7bit" or "none" => (true, Compression.None, null),
            "gzip" or "x-gzip" => (true, Compression.Gzip, null),
            "deflate" => (true, Compression.Deflate, null),
            _ => (JsonCharset.IsUtf8(name) || JsonCharset.TryByName(name, out _), Compression.None, (string?)name),
        };
        return known;
    }
}
