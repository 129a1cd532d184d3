using System.Diagnostics;
using VoiceWorker.Contract.Bodies;

namespace VoiceWorker.Contract.Jobs;

/// <summary>The wire names of <see cref="AudioFormat"/>.</summary>
public static class AudioFormats
{
    /// <summary>The names to write, for error messages; the usual other ones are understood, too.</summary>
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

    /// <summary>
    /// Reads a producer's name of a format: a media type, with parameters or without, or a file name ending, in any
    /// case. Null or empty means the default, Ogg/Opus.
    /// </summary>
    public static bool TryParse(string? name, out AudioFormat format)
    {
        var type = ContentType.Essence(name);
        (var known, format) = type switch
        {
            "" or "audio/ogg" or "audio/opus" or "audio/x-opus+ogg" or "application/ogg" or "ogg" or "oga" or "opus" => (true, AudioFormat.OggOpus),
            "audio/wav" or "audio/x-wav" or "audio/wave" or "audio/vnd.wave" or "wav" or "wave" => (true, AudioFormat.Wav),
            "audio/mpeg" or "audio/mp3" or "audio/x-mp3" or "audio/mpeg3" or "audio/x-mpeg-3" or "mp3" or "mpeg" => (true, AudioFormat.Mp3),
            "audio/flac" or "audio/x-flac" or "flac" => (true, AudioFormat.Flac),
            "none" => (true, AudioFormat.None),
            _ => (false, default),
        };
        // Ogg may hold other codecs, which no reply is in.
        return known && (format != AudioFormat.OggOpus || ContentType.Parameter(name, "codecs") is null or "opus");
    }
}
