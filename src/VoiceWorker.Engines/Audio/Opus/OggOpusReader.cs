namespace VoiceWorker.Engines.Audio.Opus;

/// <summary>
/// Takes Opus out of Ogg (RFC 7845). Reads whole and undamaged files of a single stream only, as recorders write them;
/// what can be saved of any other is a question for ffmpeg.
/// </summary>
internal static class OggOpusReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="file">The whole of it.</param>
    /// <param name="packets">Where its packets go.</param>
    /// <returns>Whether it is such a file; if not, <paramref name="packets"/> are of no use.</returns>
    public static bool TryRead(ReadOnlySpan<byte> file, OpusPackets packets)
    {
        // The header has the first page to itself, and so has the comment its pages: section 3.
        if (!OggPage.TryRead(file, out var page) || page.Flags != OggPage.First || page.Segments.Length != 1)
            return false;
        packets.Head = OpusHead.Parse(page.Body);

        var (serial, sequence, position) = (page.Serial, page.Sequence, 0L);
        var (inComment, continued, ended) = (true, false, false);
        for (file = file[page.Length..]; !file.IsEmpty; file = file[page.Length..])
        {
            if (ended || !OggPage.TryRead(file, out page) || page.Serial != serial || page.Sequence != ++sequence
                || (page.Flags & OggPage.First) != 0 || ((page.Flags & OggPage.Continued) != 0) != continued)
            {
                return false;
            }

            continued = page.Segments is [.., OggPage.FullSegment];
            ended = (page.Flags & OggPage.Last) != 0;
            if (inComment)
                inComment = continued;
            else if (!TryAdd(page, packets, ref position))
                return false;
        }

        return !inComment && !continued;
    }

    // A last page whose position lies short of its packets tells where to stop: section 4.4.
    private static bool TryAdd(OggPage page, OpusPackets packets, ref long position)
    {
        var before = packets.Duration;
        var body = page.Body;
        foreach (var length in page.Segments)
        {
            packets.Append(body[..length]);
            body = body[length..];
            if (length != OggPage.FullSegment && !packets.Complete())
                return false;
        }

        var end = position + packets.Duration - before;
        if (packets.Duration > before)
            position = page.Position;
        return (page.Flags & OggPage.Last) == 0 || packets.Duration == before || packets.TrimEnd(end - position);
    }
}
