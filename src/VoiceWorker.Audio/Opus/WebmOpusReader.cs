using static VoiceWorker.Audio.Opus.WebmElements;

namespace VoiceWorker.Audio.Opus;

/// <summary>
/// Takes Opus out of WebM and Matroska (RFC 9559). Reads whole files with a single track only, as browsers record them;
/// video, other codecs, encryption, lacing and what can be saved of a damaged file are questions for ffmpeg.
/// </summary>
internal static class WebmOpusReader
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const int Lacing = 0x06;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The whole of it.</param>
    /// <param name="packets">Where its packets go.</param>
    /// <returns>Whether it is such a file; if not, <paramref name="packets"/> are of no use.</returns>
    public static bool TryRead(ReadOnlySpan<byte> file, OpusPackets packets)
    {
        var elements = new EbmlReader(file);
        var track = 0L;
        while (elements.TryReadHeader(out var id))
        {
            // Both may be of unknown size. Their elements are told apart by their numbers alone.
            if (id is Segment or Cluster)
                continue;

            var isGood = elements.TryReadBody(out var body) && id switch
            {
                Ebml or Tracks when packets.Head is not null => false,
                Tracks => TryReadTracks(body, packets, out track),
                SimpleBlock => TryAddBlock(body, track, packets),
                BlockGroup => TryAddGroup(body, track, packets),
                _ => true,
            };
            if (!isGood)
                return false;
        }

        return elements.IsAtEnd && packets.Head is not null;
    }

    private static bool TryReadTracks(ReadOnlySpan<byte> tracks, OpusPackets packets, out long track)
    {
        var elements = new EbmlReader(tracks);
        track = 0;
        while (elements.TryRead(out var id, out var body))
        {
            if (id == TrackEntry && (track != 0 || !TryReadTrack(body, packets, out track)))
                return false;
        }

        return elements.IsAtEnd && track != 0;
    }

    private static bool TryReadTrack(ReadOnlySpan<byte> entry, OpusPackets packets, out long number)
    {
        var elements = new EbmlReader(entry);
        var isOpus = false;
        number = 0;
        while (elements.TryRead(out var id, out var body))
        {
            switch (id)
            {
                case TrackNumber: number = ReadInteger(body); break;
                case CodecId: isOpus = body.TrimEnd((byte)0).SequenceEqual("A_OPUS"u8); break;
                case CodecPrivate: packets.Head = OpusHead.Parse(body); break;
                case ContentEncodings: return false;
            }
        }

        return elements.IsAtEnd && isOpus && packets.Head is not null && number != 0;
    }

    private static bool TryAddGroup(ReadOnlySpan<byte> group, long track, OpusPackets packets)
    {
        var elements = new EbmlReader(group);
        ReadOnlySpan<byte> block = default;
        var discard = 0L;
        while (elements.TryRead(out var id, out var body))
        {
            if (id == Block)
                block = body;
            else if (id == DiscardPadding)
                discard = ReadInteger(body, isSigned: true);
        }

        // A second is more than any packet has; a negative time stands for silence to put in.
        return elements.IsAtEnd && TryAddBlock(block, track, packets) && discard is >= 0 and < NanosecondsPerSecond
            && packets.TrimEnd((discard * OpusPackets.Rate + NanosecondsPerSecond / 2) / NanosecondsPerSecond);
    }

    // The track's number, the time (two bytes), flags, and the frame: section 10.
    private static bool TryAddBlock(ReadOnlySpan<byte> block, long track, OpusPackets packets)
    {
        const int timeAndFlags = 3;
        if (!EbmlReader.TryReadNumber(ref block, sizeof(ulong), keepMarker: false, out var number) || (long)number != track
            || block.Length < timeAndFlags || (block[timeAndFlags - 1] & Lacing) != 0)
        {
            return false;
        }

        packets.Append(block[timeAndFlags..]);
        return packets.Complete();
    }

    // RFC 8794, sections 7.1 and 7.2: up to eight bytes.
    private static long ReadInteger(ReadOnlySpan<byte> body, bool isSigned = false)
    {
        var number = isSigned && body is [> 127, ..] ? -1L : 0;
        foreach (var b in body)
            number = number << 8 | b;
        return number;
    }
}
