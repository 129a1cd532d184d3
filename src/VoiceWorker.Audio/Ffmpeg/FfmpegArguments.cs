using System.Globalization;
using VoiceWorker.Audio.Sniffing;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;

namespace VoiceWorker.Audio.Ffmpeg;

/// <summary>
/// ffmpeg's command lines. Input and output are pipes, no other protocol is open to it, and it may use only the
/// demuxer and the decoders of the sniffed format: nothing in the data can make it read a file or a host.
/// </summary>
internal static class FfmpegArguments
{
    /// <summary>
    /// What ffmpeg says of a sample rate beyond the limits. Nothing else of ffmpeg's checks it: the filter that sets the unit
    /// of time is told one of 0, which it refuses, before a second frame is decoded.
    /// </summary>
    public const string RateRefusal = "Invalid non-positive values for the timebase";

    // No single allocation of ffmpeg's may be larger; hostile sample tables ask for gigabytes.
    private const string MaxAllocation = "268435456";

    private static readonly string[] Common =
        ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "error", "-max_alloc", MaxAllocation, "-filter_threads", "1", "-protocol_whitelist", "pipe"];

    private static readonly string[] NoPictures = ["-vn", "-sn", "-dn"];

    private static readonly string[] Output = ["-threads", "1", "pipe:1"];

    /// <summary>Any accepted format to 16-bit PCM at 16 kHz with its own channels, as WAV. ffmpeg stops a second behind the longest that is accepted.</summary>
    /// <param name="container">What the input is.</param>
    /// <param name="options">The limits.</param>
    public static IReadOnlyList<string> Decode(AudioContainer container, AudioOptions options) =>
    [
        .. Common,
        "-format_whitelist", container.Demuxer, "-codec_whitelist", container.Decoders,
        "-f", container.Demuxer, "-threads", "1", "-i", "pipe:0",
        "-map", "0:a:0", .. container == AudioContainers.Wav ? [] : NoPictures, "-map_metadata", "-1",
        "-t", (options.MaxDuration.TotalSeconds + 1).ToString("0.###", CultureInfo.InvariantCulture),
        "-af", $"asettb='if(lt(sr,{Text(options.MinSampleRate)})+gt(sr,{Text(options.MaxSampleRate)}),0,intb)'",
        "-ar", Text(DecodedAudio.SampleRate), "-c:a", "pcm_s16le", "-fflags", "+bitexact", "-f", "wav", .. Output,
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
