using VoiceWorker.Audio.Opus;

namespace VoiceWorker.Audio.Sniffing;

/// <summary>Looks at an Ogg file's first packet, which names the codec.</summary>
internal static class OggSniffer
{
    /// <summary>The file's first stream. Damaged headers are for ffmpeg to report.</summary>
    public static AudioContainer Sniff(ReadOnlySpan<byte> file)
    {
        if (file.Length < OggPage.HeaderBytes)
            return AudioContainers.OggOther;

        var packet = file[Math.Min(OggPage.HeaderBytes + file[OggPage.HeaderBytes - 1], file.Length)..];
        return packet.StartsWith("OpusHead"u8) ? AudioContainers.OggOpus
            : packet.StartsWith("\u0001vorbis"u8) ? AudioContainers.OggVorbis
            : packet.StartsWith("\u007FFLAC"u8) ? AudioContainers.OggFlac
            : packet.StartsWith("Speex   "u8) ? AudioContainers.OggSpeex
            : AudioContainers.OggOther;
    }
}
