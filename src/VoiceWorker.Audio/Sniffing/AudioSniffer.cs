using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Audio.Sniffing;

/// <summary>
/// Tells a file's format from its first bytes. Neither the producer's content type nor ffmpeg's own probing decides:
/// left to itself ffmpeg takes a playlist for audio and opens what it names.
/// </summary>
internal static class AudioSniffer
{
    // What is in front of a stream that was cut somewhere: less than a frame.
    private const int MaxJunk = 8 * 1024;

    // Behind a tag whose size is wrong: a picture.
    private const int MaxTagged = 4 * 1024 * 1024;

    /// <summary>Recognises a file.</summary>
    /// <exception cref="EngineException">It is of no accepted format.</exception>
    public static SniffedAudio Sniff(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
            throw EngineException.BadJob(ErrorCode.UnsupportedAudio, "The audio is empty (0 bytes).");

        var padding = Padding(file);
        return At(file, 0)
            ?? BehindPadding(file, padding)
            ?? FindFrames(file, padding, MaxJunk)
            ?? throw Unknown(file);
    }

    // An upload's left-over line ends, a byte order mark, a stream's first blocks, which are empty.
    private static SniffedAudio? BehindPadding(ReadOnlySpan<byte> file, int padding)
    {
        // An MP4 file may begin with zeros of its own.
        for (var start = padding; start >= Math.Max(1, padding - 3); start--)
        {
            if (At(file, start) is { } sniffed)
                return sniffed;
        }

        return null;
    }

    // Some writers put a tag in front of FLAC or ADTS too, or a second one, or one that is not as long as it says.
    private static SniffedAudio? At(ReadOnlySpan<byte> file, int start)
    {
        var position = start;
        while (Id3Tag.Length(file[position..]) is { } tag)
        {
            position = Math.Min(position + tag, file.Length);
            position += Padding(file[position..]);
        }

        var rest = file[position..];
        return FileHeaders.Recognise(rest) is { } container ? new(container, position)
            : MpegFrames.IsAdts(rest) ? new(AudioContainers.Adts, position)
            : MpegFrames.IsMpegAudio(rest) ? new(AudioContainers.Mp3, position)
            : position > start ? FindFrames(file, start, MaxTagged)
            : null;
    }

    private static int Padding(ReadOnlySpan<byte> file)
    {
        var start = file.StartsWith("\uFEFF"u8) ? 3 : 0;
        var length = file[start..].IndexOfAnyExcept((byte)0, (byte)'\r', (byte)'\n');
        return length < 0 ? file.Length : start + length;
    }

    private static SniffedAudio? FindFrames(ReadOnlySpan<byte> file, int start, int limit)
    {
        for (var end = Math.Min(file.Length, start + limit); start < end; start++)
        {
            var sync = file[start..end].IndexOf((byte)0xFF);
            if (sync < 0)
                return null;

            start += sync;
            if (MpegFrames.IsAdtsForSure(file[start..]))
                return new(AudioContainers.Adts, start);
            if (MpegFrames.IsMpegAudioForSure(file[start..]))
                return new(AudioContainers.Mp3, start);
        }

        return null;
    }

    private static EngineException Unknown(ReadOnlySpan<byte> file)
    {
        var head = file[..Math.Min(file.Length, 512)];
        var what = head.StartsWith("#EXTM3U"u8) || head.StartsWith("ffconcat"u8) || head.IndexOf("<MPD"u8) >= 0
            ? "The audio is a playlist (HLS, ffconcat or DASH), which is never followed"
            : "The audio is of no known format";
        return EngineException.BadJob(ErrorCode.UnsupportedAudio, $"{what}; accepted are {AudioContainers.Accepted}.");
    }
}
