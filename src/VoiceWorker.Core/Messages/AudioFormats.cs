using System.Diagnostics;

namespace VoiceWorker.Core.Messages;

/// <summary>The wire names of <see cref="AudioFormat"/>.</summary>
public static class AudioFormats
{
    /// <summary>Every name a producer may write, for error messages.</summary>
    public const string Accepted = "audio/ogg, audio/wav, audio/mpeg, audio/flac, none";

    /// <summary>The media type of a format; <c>none</c> for <see cref="AudioFormat.None"/>.</summary>
    public static string MediaType(this AudioFormat format) => format switch
    {
        AudioFormat.OggOpus => "audio/ogg",
        AudioFormat.Wav => "audio/wav",
        AudioFormat.Mp3 => "audio/mpeg",
        AudioFormat.Flac => "audio/flac",
        AudioFormat.None => "none",
        _ => throw new UnreachableException(),
    };

    /// <summary>The usual file name ending of a format, without the dot.</summary>
    public static string FileExtension(this AudioFormat format) => format switch
    {
        AudioFormat.OggOpus => "ogg",
        AudioFormat.Wav => "wav",
        AudioFormat.Mp3 => "mp3",
        AudioFormat.Flac => "flac",
        _ => "bin",
    };

    /// <summary>Reads a producer's name of a format; null or empty means the default, Ogg/Opus.</summary>
    public static bool TryParse(string? name, out AudioFormat format)
    {
        (var known, format) = name switch
        {
            null or "" or "audio/ogg" => (true, AudioFormat.OggOpus),
            "audio/wav" => (true, AudioFormat.Wav),
            "audio/mpeg" => (true, AudioFormat.Mp3),
            "audio/flac" => (true, AudioFormat.Flac),
            "none" => (true, AudioFormat.None),
            _ => (false, default),
        };
        return known;
    }
}
