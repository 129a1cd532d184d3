using System.Text.Json;
using VoiceWorker.Contract.Reading;

namespace VoiceWorker.Contract.Bodies;

/// <summary>JSON that cannot be read to its end.</summary>
internal static class BrokenJson
{
    /// <summary>The message_id, which tells the producer which of its messages is broken; null when it can't be read.</summary>
    public static string? FindMessageId(ReadOnlySpan<byte> body, JobLimits limits)
    {
        // Within a text the quotation marks would be escaped.
        var name = "\"message_id\""u8;
        if (body.IndexOf(name) is not (>= 0 and var at))
            return null;
        try
        {
            var reader = new Utf8JsonReader(body[(at + name.Length)..].TrimStart(" \t\r\n:"u8), isFinalBlock: false, default);
            return reader.Read() && reader.TokenType is JsonTokenType.String or JsonTokenType.Number && reader.ValueSpan.Length <= limits.MaxFieldBytes
                ? JsonStrings.Read(ref reader)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
