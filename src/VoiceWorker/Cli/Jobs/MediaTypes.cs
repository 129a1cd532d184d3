namespace VoiceWorker.Host.Cli.Jobs;

/// <summary>Media types by file name ending: a hint for the worker, which looks at the bytes itself.</summary>
internal static class MediaTypes
{
    public static string OfFile(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".WAV" => "audio/wav",
        ".MP3" => "audio/mpeg",
        ".OGG" or ".OGA" or ".OPUS" => "audio/ogg",
        ".WEBM" => "audio/webm",
        ".FLAC" => "audio/flac",
        ".M4A" or ".MP4" => "audio/mp4",
        ".AAC" => "audio/aac",
        ".AMR" => "audio/amr",
        ".3GP" => "audio/3gpp",
        _ => "application/octet-stream",
    };

    /// <summary>The file name ending for a reply's media type, without the dot.</summary>
    public static string ExtensionOf(string? mediaType) => mediaType switch
    {
        "audio/ogg" => "ogg",
        "audio/wav" => "wav",
        "audio/mpeg" => "mp3",
        "audio/flac" => "flac",
        _ => "bin",
    };
}
