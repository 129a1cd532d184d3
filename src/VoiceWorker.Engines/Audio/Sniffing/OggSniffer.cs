namespace VoiceWorker.Engines.Audio.Sniffing;

/// <summary>Looks at an Ogg file's first packet, which names the codec.</summary>
internal static class OggSniffer
{
    // RFC 3533, section 6: a page is 27 bytes, a table as long as its last byte says, and the packets.
    private const int PageHeader = 27;

    /// <summary>The file's first stream. Damaged headers are for ffmpeg to report.</summary>
    public static AudioContainer Sniff(ReadOnlySpan<byte> file)
    {
        if (file.Length < PageHeader)
            return AudioContainers.OggOther;

        var packet = file[Math.Min(PageHeader + file[PageHeader - 1], file.Length)..];
        return packet.StartsWith("OpusHead"u8) ? AudioContainers.OggOpus
            : packet.StartsWith("\u0001vorbis"u8) ? AudioContainers.OggVorbis
            : packet.StartsWith("\u007FFLAC"u8) ? AudioContainers.OggFlac
            : packet.StartsWith("Speex   "u8) ? AudioContainers.OggSpeex
            : AudioContainers.OggOther;
    }
}
