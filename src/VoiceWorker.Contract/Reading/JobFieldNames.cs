using System.Text;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Texts;

namespace VoiceWorker.Contract.Reading;

/// <summary>The wire names of <see cref="JobField"/>.</summary>
internal static class JobFieldNames
{
    /// <summary>The names, in the order of the enum.</summary>
    public static readonly string[] All =
    [
        "audio_data", "text", "source_lang", "target_lang", "sender_id", "message_id", "voice", "audio_format", "progress",
        "include_original_audio", "model", "deadline", "priority",
    ];

    /// <summary>The same in UTF-8.</summary>
    public static readonly byte[][] Utf8 = [.. All.Select(Encoding.UTF8.GetBytes)];

    public static string Name(this JobField field) => All[(int)field];

    /// <summary>What a field has to be, for error messages.</summary>
    public static string Wanted(this JobField field) => field switch
    {
        JobField.AudioData => "a string of base64",
        JobField.SourceLang => $"{LanguageTag.Examples}, or 'auto'",
        JobField.TargetLang => LanguageTag.Examples,
        JobField.SenderId or JobField.MessageId => "a string or a number",
        JobField.AudioFormat => $"one of {AudioFormats.Accepted}",
        JobField.Progress or JobField.IncludeOriginalAudio => "true or false",
        JobField.Deadline => "a moment, in milliseconds since 1970-01-01 UTC or as in 2026-01-31T12:00:00Z",
        JobField.Priority => "a whole number from 0 to 9",
        _ => "a string",
    };
}
