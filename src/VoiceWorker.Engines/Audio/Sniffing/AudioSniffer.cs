using System.Buffers.Binary;
using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Engines.Audio.Sniffing;

/// <summary>
/// Tells a file's format from its first bytes. Neither the producer's content type nor ffmpeg's own probing decides:
/// left to itself ffmpeg takes a playlist for audio and opens what it names.
/// </summary>
internal static class AudioSniffer
{
    /// <summary>Recognises a file.</summary>
    /// <exception cref="EngineException">It is of no accepted format.</exception>
    public static AudioContainer Sniff(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
            throw EngineException.BadJob(ErrorCode.UnsupportedAudio, "The audio is empty (0 bytes).");

        return ByMagic(file) ?? ByFrames(file) ?? throw Unknown(file);
    }

    private static AudioContainer? ByMagic(ReadOnlySpan<byte> file)
    {
        if (file.Length < 12)
            return null;

        var atEight = file[8..12];
        return file[..4] switch
        {
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F' or (byte)'X'] or [(byte)'R', (byte)'F', (byte)'6', (byte)'4'] or [(byte)'B', (byte)'W', (byte)'6', (byte)'4']
                when atEight.SequenceEqual("WAVE"u8) => AudioContainers.Wav,
            [(byte)'O', (byte)'g', (byte)'g', (byte)'S'] => OggSniffer.Sniff(file),
            [0x1A, 0x45, 0xDF, 0xA3] when IsMatroska(file) => AudioContainers.Matroska,
            [(byte)'f', (byte)'L', (byte)'a', (byte)'C'] => AudioContainers.Flac,
            [(byte)'F', (byte)'O', (byte)'R', (byte)'M'] when atEight.SequenceEqual("AIFF"u8) || atEight.SequenceEqual("AIFC"u8) => AudioContainers.Aiff,
            [(byte)'I', (byte)'D', (byte)'3', _] => BehindId3(file),
            _ when file[4..8].SequenceEqual("ftyp"u8) => AudioContainers.Mp4,
            _ when file.StartsWith("#!AMR-WB\n"u8) => AudioContainers.AmrWb,
            _ when file.StartsWith("#!AMR\n"u8) => AudioContainers.Amr,
            _ => null,
        };
    }

    private static AudioContainer? ByFrames(ReadOnlySpan<byte> file) =>
        MpegFrames.IsAdts(file) ? AudioContainers.Adts
        : MpegFrames.IsMpegAudio(file) ? AudioContainers.Mp3
        : null;

    // The document type stands within the first dozens of bytes: RFC 8794, section 11.2.
    private static bool IsMatroska(ReadOnlySpan<byte> file)
    {
        var head = file[..Math.Min(file.Length, 80)];
        return head.IndexOf("webm"u8) >= 0 || head.IndexOf("matroska"u8) >= 0;
    }

    // ID3v2.4 section 3.1: ten bytes of header whose last four hold the size, seven bits each. Some writers put
    // the tag in front of FLAC or ADTS too.
    private static AudioContainer? BehindId3(ReadOnlySpan<byte> file)
    {
        var packed = BinaryPrimitives.ReadUInt32BigEndian(file[6..]);
        if ((packed & 0x80808080) != 0)
            return null;

        var size = 10 + ((packed & 0x7F000000) >> 3 | (packed & 0x7F0000) >> 2 | (packed & 0x7F00) >> 1 | packed & 0x7F);
        var rest = size < file.Length ? file[(int)size..] : default;
        return rest.StartsWith("fLaC"u8) ? AudioContainers.Flac
            : MpegFrames.IsAdts(rest) ? AudioContainers.Adts
            : AudioContainers.Mp3;
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
