using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using VoiceWorker.Contract.Bodies;

namespace VoiceWorker.Contract.Reading;

/// <summary>Ids that are safe to log, to put into a header and to use as a key.</summary>
public static class MessageIds
{
    /// <summary>
    /// Returns a producer's id unchanged when it is of printable characters and fits into AMQP's properties. Otherwise
    /// the harmless beginning of it with a hash of the whole, so that two different ids stay different.
    /// </summary>
    public static string? Clean(string? id)
    {
        if (string.IsNullOrEmpty(id))
            return null;
        var clean = WithoutControls(id);
        return clean.Length == id.Length ? ShortString.Fit(id) : ShortString.Shorten(clean, id);
    }

    /// <summary>
    /// Makes the id of a message that has none. It is a hash of what a redelivery does not change, so that every
    /// delivery of the message gets the same one.
    /// </summary>
    public static string Derive(ReadOnlySpan<byte> body, in JobProperties properties) =>
        Hash(body, properties, properties.Timestamp?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)).ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>
    /// Tells whether two deliveries are the same message: by its id and by all that its reply depends on, so that
    /// nobody gets another's reply by using the same id.
    /// </summary>
    /// <param name="body">The message's body.</param>
    /// <param name="messageId">Its id, given or derived.</param>
    /// <param name="properties">Its properties.</param>
    /// <param name="round">What tells two rounds of one message apart; null for the first.</param>
    public static UInt128 Fingerprint(ReadOnlySpan<byte> body, string messageId, in JobProperties properties, string? round) =>
        Hash(body, properties, messageId, round, properties.ContentType);

    /// <summary>Removes what could forge a line of a log or turn a terminal's text around.</summary>
    public static string WithoutControls(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return text;
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                continue;
            kept.Append(rune);
        }

        return kept.ToString();
    }

    /// <summary>The beginning of a text, without half a surrogate pair at its end.</summary>
    public static string Cut(string text, int maxLength) =>
        text.Length <= maxLength ? text : text[..(char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength)];

    private static UInt128 Hash(ReadOnlySpan<byte> body, in JobProperties properties, params ReadOnlySpan<string?> more)
    {
        var hash = new XxHash128();
        hash.Append(body);
        Append(hash, properties.ReplyTo);
        Append(hash, properties.CorrelationId);
        foreach (var part in more)
            Append(hash, part);
        // All that the reply depends on: a copy of the message for another attempt has another deadline.
        foreach (var name in JobFieldNames.All.AsSpan(0, (int)JobField.Deadline))
            Append(hash, JobHeaders.Text(properties.Headers, name));
        return hash.GetCurrentHashAsUInt128();
    }

    private static void Append(XxHash128 hash, string? part)
    {
        // The separator keeps ("a", "bc") apart from ("ab", "c").
        hash.Append([0xff]);
        hash.Append(MemoryMarshal.AsBytes(part.AsSpan()));
    }
}
