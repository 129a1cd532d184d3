namespace VoiceWorker.Audio.Opus;

/// <summary>
/// Takes Opus out of Ogg (RFC 7845). Reads whole and undamaged files of a single stream only, as recorders write them;
/// what can be saved of any other is a question for ffmpeg.
/// </summary>
internal sealed class OggOpusReader
{
    // The header's packet, and the comment's.
    private const int HeaderPackets = 2;

    private readonly OpusPackets _packets;
    private int _headersRead;
    private long _position;

    private OggOpusReader(OpusPackets packets) => _packets = packets;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The whole of it.</param>
    /// <param name="packets">Where its packets go.</param>
    /// <returns>Whether it is such a file; if not, <paramref name="packets"/> are of no use.</returns>
    public static bool TryRead(ReadOnlySpan<byte> file, OpusPackets packets)
    {
        var reader = new OggOpusReader(packets);
        var (serial, sequence, continued, ended) = (0u, 0u, false, false);
        for (var isFirst = true; isFirst || !file.IsEmpty; isFirst = false)
        {
            if (ended || !OggPage.TryRead(file, out var page))
                return false;
            if (isFirst)
                (serial, sequence) = (page.Serial, page.Sequence - 1);
            if (page.Serial != serial || page.Sequence != ++sequence
                || (page.Flags & OggPage.First) != 0 != isFirst || (page.Flags & OggPage.Continued) != 0 != continued
                || !reader.TryAdd(page))
            {
                return false;
            }

            continued = page.Segments is [.., OggPage.FullSegment];
            ended = (page.Flags & OggPage.Last) != 0;
            file = file[page.Length..];
        }

        return reader._headersRead == HeaderPackets && !continued;
    }

    private bool TryAdd(OggPage page)
    {
        var before = _packets.Duration;
        var rest = page.Body;
        var length = 0;
        foreach (var segment in page.Segments)
        {
            length += segment;
            if (segment == OggPage.FullSegment)
                continue;
            if (!TryAddPacketOrItsEnd(rest[..length]))
                return false;
            rest = rest[length..];
            length = 0;
        }

        if (_headersRead == HeaderPackets)
            _packets.Append(rest);

        // A last page whose position lies short of its packets tells where to stop: section 4.4.
        var end = _position + _packets.Duration - before;
        if (_packets.Duration > before)
            _position = page.Position;
        return (page.Flags & OggPage.Last) == 0 || _packets.Duration == before || _packets.TrimEnd(end - _position);
    }

    // Both headers should have their pages to themselves (section 3), but not every writer knows that.
    private bool TryAddPacketOrItsEnd(ReadOnlySpan<byte> bytes)
    {
        if (_headersRead == HeaderPackets)
        {
            _packets.Append(bytes);
            return _packets.Complete();
        }

        if (_headersRead++ == 0)
            _packets.Head = OpusHead.Parse(bytes);
        return _packets.Head is not null;
    }
}
