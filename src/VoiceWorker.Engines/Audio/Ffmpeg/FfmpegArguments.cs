using System.Globalization;
using VoiceWorker.Core.Messages;
using VoiceWorker.Engines.Audio.Sniffing;

namespace VoiceWorker.Engines.Audio.Ffmpeg;

/// <summary>
/// ffmpeg's command lines. Input and output are pipes, no other protocol is open to it, and it may use only the
/// demuxer and the decoders of the sniffed format: nothing in the data can make it read a file or a host.
/// </summary>
internal static class FfmpegArguments
{
    // No single allocation of ffmpeg's may be larger; hostile sample tables ask for gigabytes.
    private const string MaxAllocation = "268435456";

    private static readonly string[] Common =
        ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "error", "-max_alloc", MaxAllocation, "-filter_threads", "1", "-protocol_whitelist", "pipe"];

    private static readonly string[] Output = ["-threads", "1", "pipe:1"];

    /// <summary>Any accepted format to 16-bit mono PCM at 16 kHz.</summary>
    /// <param name="container">What the input is.</param>
    /// <param name="limit">ffmpeg stops after so much output.</param>
    public static IReadOnlyList<string> Decode(AudioContainer container, TimeSpan limit) =>
    [
        .. Common,
        "-format_whitelist", container.Demuxer, "-codec_whitelist", container.Decoders,
        "-f", container.Demuxer, "-threads", "1", "-i", "pipe:0",
        "-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1",
        "-t", limit.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture),
        "-ac", "1", "-ar", Text(DecodedAudio.SampleRate), "-c:a", "pcm_s16le", "-f", "s16le", .. Output,
    ];

    /// <summary>16-bit mono PCM to a reply's format.</summary>
    /// <param name="sampleRate">Of the PCM, in Hz.</param>
    /// <param name="format">The wanted format.</param>
    /// <param name="options">Bit rates.</param>
    public static IReadOnlyList<string> Encode(int sampleRate, AudioFormat format, AudioOptions options) =>
    [
        .. Common, "-f", "s16le", "-ar", Text(sampleRate), "-ac", "1", "-i", "pipe:0", "-map_metadata", "-1",
        .. Codec(format, options), .. Output,
    ];

    /// <summary>A file in one of a reply's formats to another one.</summary>
    /// <param name="from">Its format.</param>
    /// <param name="to">The wanted format.</param>
    /// <param name="options">Bit rates.</param>
    public static IReadOnlyList<string> Recode(AudioFormat from, AudioFormat to, AudioOptions options) =>
    [
        .. Common, "-f", from.FileExtension(), "-i", "pipe:0", "-map", "0:a:0", "-map_metadata", "-1",
        .. Codec(to, options), .. Output,
    ];

    private static string[] Codec(AudioFormat format, AudioOptions options) => format switch
    {
        AudioFormat.OggOpus => ["-c:a", "libopus", "-application", "audio", "-compression_level", Text(options.OpusComplexity), "-b:a", Text(options.OpusBitrate), "-f", "ogg"],

        // A pipe cannot be rewound to fill in the Xing header, and a wrong one makes players show a wrong length.
        AudioFormat.Mp3 => ["-c:a", "libmp3lame", "-b:a", Text(options.Mp3Bitrate), "-write_xing", "0", "-f", "mp3"],
        AudioFormat.Flac => ["-c:a", "flac", "-f", "flac"],
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not a format of ffmpeg's."),
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
