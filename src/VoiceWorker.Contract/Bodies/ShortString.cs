using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace VoiceWorker.Contract.Bodies;

/// <summary>
/// Texts in AMQP's properties (message_id, correlation_id, type …) and routing keys: 255 bytes of UTF-8 at most. The
/// client throws at a longer one, and reads one byte that is no UTF-8 as U+FFFD, which is three when written again.
/// </summary>
public static class ShortString
{
    /// <summary>The most bytes of UTF-8 that fit.</summary>
    public const int MaxBytes = 255;

    private const int HashLength = 32;

    /// <summary>The text itself if it fits; else its beginning with a hash of the whole, the same each time.</summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    public static string? Fit(string? text) => text is null || Encoding.UTF8.GetByteCount(text) <= MaxBytes ? text : Shorten(text, text);

    /// <summary>A beginning and the hash of a whole, so that two different wholes stay different; fits always.</summary>
    /// <param name="beginning">What is readable of it; cut where need be.</param>
    /// <param name="whole">What is hashed.</param>
    public static string Shorten(string beginning, string whole)
    {
        var hash = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(whole.AsSpan()));
        return string.Create(CultureInfo.InvariantCulture, $"{Utf8Beginning(beginning, MaxBytes - HashLength - 1)}-{hash:x32}");
    }

    private static string Utf8Beginning(string text, int maxBytes)
    {
        var (bytes, length) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > maxBytes)
                break;
            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }
}
