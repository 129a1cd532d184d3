using System.Text;
using System.Text.Json;

namespace VoiceWorker.Contract.Bodies;

/// <summary>
/// Strings of JSON as producers write them. Half a surrogate pair, which a text cut in the middle of an emoji ends
/// with, becomes U+FFFD; the reader itself would refuse the whole message for it.
/// </summary>
internal static class JsonStrings
{
    /// <summary>The string that the reader stands on. Bytes that are no UTF-8 become U+FFFD, too.</summary>
    public static string Read(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
            return Encoding.UTF8.GetString(reader.ValueSpan);
        var unescaped = new StringBuilder(reader.ValueSpan.Length);
        var rest = reader.ValueSpan;
        while (rest.IndexOf((byte)'\\') is >= 0 and var at)
        {
            unescaped.Append(Encoding.UTF8.GetString(rest[..at])).Append(Unescape(rest[(at + 1)..], out var length));
            rest = rest[(at + 1 + length)..];
        }

        unescaped.Append(Encoding.UTF8.GetString(rest));
        // There and back: what is no Unicode becomes U+FFFD on the way.
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(unescaped.ToString()));
    }

    // The reader has checked the form of every escape.
    private static char Unescape(ReadOnlySpan<byte> escape, out int length)
    {
        length = escape[0] == 'u' ? 5 : 1;
        return escape[0] switch
        {
            (byte)'u' => (char)Convert.ToUInt16(Encoding.ASCII.GetString(escape[1..5]), 16),
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            var itself => (char)itself,
        };
    }
}
