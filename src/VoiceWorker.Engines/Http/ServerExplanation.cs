using System.Text;
using System.Text.Json;

namespace VoiceWorker.Engines.Http;

/// <summary>Finds the human words in a server's error answer.</summary>
internal static class ServerExplanation
{
    private const int MaxLength = 200;

    /// <summary>
    /// Reads <c>{"error": "…"}</c> (LibreTranslate), <c>{"error": {"message": "…"}}</c> (OpenAI), <c>{"explanation": "…"}</c>
    /// (apertium-apy), <c>{"detail": "…"}</c> and <c>{"message": "…"}</c>; anything else says nothing.
    /// </summary>
    /// <param name="body">The answer's body.</param>
    /// <returns>One line of at most 200 characters, with a leading colon and space; empty when there are no words.</returns>
    public static string Of(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return Find(json.RootElement) is { Length: > 0 } words ? ": " + OneLine(words) : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static string? Find(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
            return element.GetString();
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var name in (ReadOnlySpan<string>)["error", "explanation", "detail", "message"])
        {
            if (element.TryGetProperty(name, out var inner) && Find(inner) is { } words)
                return words;
        }

        return null;
    }

    /// <summary>Words end up in logs and replies: no control characters, no line breaks, at most 200 characters.</summary>
    public static string OneLine(string words)
    {
        var line = new StringBuilder(MaxLength);
        foreach (var rune in words.AsSpan(0, Math.Min(words.Length, MaxLength)).EnumerateRunes())
            line.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        return line.ToString().Trim();
    }
}
