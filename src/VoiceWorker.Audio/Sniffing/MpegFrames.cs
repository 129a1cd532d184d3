using System.Buffers.Binary;

namespace VoiceWorker.Audio.Sniffing;

/// <summary>
/// Recognises audio that has no file header, only frames. Eleven sync bits are a weak sign, so the header's other
/// fields must make sense and a second frame must follow where the first one ends, if the file is that long.
/// </summary>
internal static class MpegFrames
{
    // ISO/IEC 11172-3 section 2.4.2.3 and 13818-3: kbit/s by index, for [MPEG-1 layer II, MPEG-1 layer III, MPEG-2 layers II and III].
    private static readonly short[][] Bitrates =
    [
        [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
        [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
        [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    ];

    private const int FramesForSure = 4;

    // Version, layer and sample rate; of ADTS the profile, too.
    private const uint MpegKind = 0xFFFE_0C00;
    private const uint AdtsKind = 0xFFFE_FC00;

    private static readonly int[] SampleRates = [44_100, 48_000, 32_000];

    /// <summary>Whether the bytes start with a frame of MPEG audio layer II or III.</summary>
    public static bool IsMpegAudio(ReadOnlySpan<byte> bytes) =>
        MpegFrameLength(bytes) is var length and > 0 && (length + 4 > bytes.Length || MpegFrameLength(bytes[length..]) > 0);

    /// <summary>Whether the bytes start with an ADTS frame of AAC (ISO/IEC 13818-7, section 6.2).</summary>
    public static bool IsAdts(ReadOnlySpan<byte> bytes) =>
        AdtsFrameLength(bytes) is var length and > 0 && (length + 7 > bytes.Length || AdtsFrameLength(bytes[length..]) > 0);

    /// <summary>Whether so many frames of MPEG audio of one kind follow each other that it is no chance.</summary>
    public static bool IsMpegAudioForSure(ReadOnlySpan<byte> bytes) => AreFrames(bytes, MpegFrameLength, MpegKind);

    /// <summary>Whether so many ADTS frames of one kind follow each other that it is no chance.</summary>
    public static bool IsAdtsForSure(ReadOnlySpan<byte> bytes) => AreFrames(bytes, AdtsFrameLength, AdtsKind);

    private static bool AreFrames(ReadOnlySpan<byte> bytes, Func<ReadOnlySpan<byte>, int> lengthOf, uint kindMask)
    {
        var kind = bytes.Length < sizeof(uint) ? 0 : BinaryPrimitives.ReadUInt32BigEndian(bytes) & kindMask;
        for (var frame = 0; frame < FramesForSure; frame++)
        {
            var length = lengthOf(bytes);
            if (length == 0 || (BinaryPrimitives.ReadUInt32BigEndian(bytes) & kindMask) != kind || length > bytes.Length)
                return false;
            bytes = bytes[length..];
        }

        return true;
    }

    private static int MpegFrameLength(ReadOnlySpan<byte> b)
    {
        if (b.Length < 4 || b[0] != 0xFF || (b[1] & 0xE0) != 0xE0)
            return 0;

        var version = b[1] >> 3 & 3; // 3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5
        var layer = b[1] >> 1 & 3; // 1: III, 2: II
        var bitrate = b[2] >> 4;
        var rate = b[2] >> 2 & 3;
        if (version == 1 || layer is 0 or 3 || bitrate is 0 or 15 || rate == 3)
            return 0;

        var table = Bitrates[version != 3 ? 2 : layer == 2 ? 0 : 1];
        var sampleRate = SampleRates[rate] >> (version switch { 3 => 0, 2 => 1, _ => 2 });
        var coefficient = layer == 1 && version != 3 ? 72_000 : 144_000;
        return coefficient * table[bitrate] / sampleRate + (b[2] >> 1 & 1);
    }

    private static int AdtsFrameLength(ReadOnlySpan<byte> b)
    {
        if (b.Length < 7 || b[0] != 0xFF || (b[1] & 0xF6) != 0xF0 || (b[2] >> 2 & 15) > 12)
            return 0;

        var length = (b[3] & 3) << 11 | b[4] << 3 | b[5] >> 5;
        return length > 7 ? length : 0;
    }
}
