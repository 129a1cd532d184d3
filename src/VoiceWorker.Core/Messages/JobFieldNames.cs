using System.Text;

namespace VoiceWorker.Core.Messages;

/// <summary>The wire names of <see cref="JobField"/>.</summary>
internal static class JobFieldNames
{
    /// <summary>The names, in the order of the enum.</summary>
    public static readonly string[] All =
    [
        "audio_data", "text", "source_lang", "target_lang", "sender_id", "message_id", "voice", "audio_format", "progress",
        "include_original_audio", "model",
    ];

    /// <summary>The same in UTF-8.</summary>
    public static readonly byte[][] Utf8 = [.. All.Select(Encoding.UTF8.GetBytes)];

    public static string Name(this JobField field) => All[(int)field];
}
