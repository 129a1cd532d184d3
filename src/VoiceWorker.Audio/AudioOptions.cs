using System.ComponentModel.DataAnnotations;

namespace VoiceWorker.Audio;

/// <summary>Limits on audio that comes in, and how audio goes out. Section <c>Audio</c>.</summary>
public sealed class AudioOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Audio";

    /// <summary>The ffmpeg program: a path, or a name to find in PATH.</summary>
    [Required]
    public string FfmpegPath { get; set; } = "ffmpeg";

    /// <summary>The longest audio that is accepted, measured in decoded samples; no header is believed. At most one hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The lowest sample rate of a recording, in Hz.</summary>
    [Range(1_000, 16_000)]
    public int MinSampleRate { get; set; } = 4_000;

    /// <summary>The highest sample rate of a recording, in Hz.</summary>
    [Range(16_000, 768_000)]
    public int MaxSampleRate { get; set; } = 192_000;

    /// <summary>The most channels of a recording.</summary>
    [Range(1, 64)]
    public int MaxChannels { get; set; } = 8;

    /// <summary>Wall-clock limit of one ffmpeg process; it is killed when it has passed, and a recording that takes two thirds of it in processor time is refused. Keep it below the stage's time-out.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ProcessTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Address space of one ffmpeg process, in MiB (Linux only); its libraries alone take about 400.</summary>
    [Range(512, 65_536)]
    public int ProcessMemoryMiB { get; set; } = 1_024;

    /// <summary>Bit rate of Ogg/Opus replies, in bit/s.</summary>
    [Range(6_000, 256_000)]
    public int OpusBitrate { get; set; } = 24_000;

    /// <summary>Complexity of Ogg/Opus replies: more sounds a little better and takes longer, 10 twice as long as 5.</summary>
    [Range(0, 10)]
    public int OpusComplexity { get; set; } = 5;

    /// <summary>Whether Opus is read (in Ogg and WebM) and, where libopus is installed, written in process; otherwise ffmpeg does both, which takes several times as long.</summary>
    public bool OpusInProcess { get; set; } = true;

    /// <summary>Bit rate of MP3 replies, in bit/s.</summary>
    [Range(8_000, 320_000)]
    public int Mp3Bitrate { get; set; } = 64_000;
}
