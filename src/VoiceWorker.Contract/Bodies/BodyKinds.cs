using System.Text.Unicode;

namespace VoiceWorker.Contract.Bodies;

/// <summary>
/// Tells JSON from audio by the media type, and by the body where the type says nothing: many clients name none, or
/// one for all that they send (text/plain, application/octet-stream, kombu's application/data).
/// </summary>
internal static class BodyKinds
{
    // Every audio file has a byte within its first ones that no text has.
    private const int Looked = 512;

    /// <summary>What is read, for error messages.</summary>
    public const string Accepted = "application/json, audio/* or application/octet-stream";

    /// <summary>How to read a body.</summary>
    /// <param name="contentType">The producer's claim; null or empty for none.</param>
    /// <param name="body">The body, in UTF-8 if it is text.</param>
    public static BodyKind Of(string? contentType, ReadOnlySpan<byte> body) => ContentType.Essence(contentType) switch
    {
        "application/json" or "text/json" or "application/x-json" or "text/x-json" or "json" => BodyKind.Json,
        "application/octet-stream" or "binary/octet-stream" or "application/data" => StartsObject(body) ? BodyKind.Json : BodyKind.RawAudio,
        "" or "text/plain" => StartsObject(body) || IsText(body) ? BodyKind.Json : BodyKind.RawAudio,
        // Browsers name speech that they record video/webm at times, and older ones Ogg application/ogg.
        "application/ogg" => BodyKind.RawAudio,
        var type when type.StartsWith("audio/", StringComparison.Ordinal) || type.StartsWith("video/", StringComparison.Ordinal) => BodyKind.RawAudio,
        var type when type.EndsWith("+json", StringComparison.Ordinal) => BodyKind.Json,
        _ => BodyKind.Unknown,
    };

    // No audio file starts like this; the patterns with zeros are UTF-16.
    private static bool StartsObject(ReadOnlySpan<byte> body) =>
        body is [(byte)'{', 0, ..] or [0, (byte)'{', ..] or [0xff, 0xfe, (byte)'{', 0, ..] or [0xfe, 0xff, 0, (byte)'{', ..]
        || (body.StartsWith("\uFEFF"u8) ? body[3..] : body).TrimStart(" \t\r\n"u8).StartsWith("{"u8);

    private static bool IsText(ReadOnlySpan<byte> body)
    {
        var beginning = body[..Math.Min(body.Length, Looked)];
        if (beginning.ContainsAnyInRange((byte)0, (byte)8) || beginning.ContainsAnyInRange((byte)14, (byte)31))
            return false;
        // A cut may leave a part of a character at the end.
        for (var cut = 0; cut < 4 && cut <= beginning.Length; cut++)
        {
            if (Utf8.IsValid(beginning[..^cut]))
                return true;
        }

        return false;
    }
}
