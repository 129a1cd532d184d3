using System.Buffers.Binary;
using VoiceWorker.Audio.Mp4;
using VoiceWorker.Audio.Sniffing;

namespace VoiceWorker.Audio.Estimating;

/// <summary>What a header claims, of those formats of which a small file can hold much sound.</summary>
/// <param name="Seconds">How long it plays; 0 when it does not say.</param>
/// <param name="SamplesPerSecond">Of all channels; 0 when it does not say.</param>
internal readonly record struct SoundClaim(double Seconds, double SamplesPerSecond)
{
    private const int MaxBoxes = 64;

    // By index, in Hz (WavPack 4 and 5 file format, "flags").
    private static readonly int[] WavPackRates = [6_000, 8_000, 9_600, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 64_000, 88_200, 96_000, 192_000];

    /// <summary>Looks for a claim.</summary>
    /// <param name="file">The file.</param>
    /// <param name="beginning">Its first bytes, twelve or more.</param>
    public static SoundClaim? Of(FilePeek file, ReadOnlySpan<byte> beginning)
    {
        if (Id3Tag.Length(beginning) is { } tag)
        {
            Span<byte> behind = stackalloc byte[64];
            return OfFlac(behind[..file.Read(tag, behind)]);
        }

        return beginning.StartsWith("RIFF"u8) ? OfWav(beginning)
            : beginning.StartsWith("wvpk"u8) ? OfWavPack(beginning)
            : beginning.StartsWith("caff"u8) ? OfCaf(file, beginning)
            : Mp4Box.IsNamed(beginning) ? OfMp4(file)
            : OfFlac(beginning);
    }

    // RFC 9639, section 8.2: rate, channels, bits and number of samples share eight bytes. In Ogg, Matroska and MP4, too.
    private static SoundClaim? OfFlac(ReadOnlySpan<byte> beginning)
    {
        const int before = 18;
        var start = beginning.IndexOf("fLaC"u8);
        if (start < 0 || beginning.Length - start < before + sizeof(ulong))
            return null;

        var fields = BinaryPrimitives.ReadUInt64BigEndian(beginning[(start + before)..]);
        var rate = (double)(fields >> 44);
        return Of(fields & 0xF_FFFF_FFFF, rate, (int)(fields >> 41 & 7) + 1);
    }

    private static SoundClaim? OfWav(ReadOnlySpan<byte> beginning) =>
        beginning.Length < 32 ? null
        : new(0, BinaryPrimitives.ReadUInt16LittleEndian(beginning[22..]) * (double)Math.Min(192_000, BinaryPrimitives.ReadUInt32LittleEndian(beginning[24..])));

    private static SoundClaim? OfWavPack(ReadOnlySpan<byte> beginning)
    {
        if (beginning.Length < 32)
            return null;

        var flags = BinaryPrimitives.ReadUInt32LittleEndian(beginning[24..]);
        var rate = (int)(flags >> 23 & 15);
        return rate < WavPackRates.Length ? Of(BinaryPrimitives.ReadUInt32LittleEndian(beginning[12..]), WavPackRates[rate], 2) : null;
    }

    // The format is in the first chunk, the number of frames in the packet table, which only compressed sound has.
    private static SoundClaim? OfCaf(FilePeek file, ReadOnlySpan<byte> beginning)
    {
        if (beginning.Length < 48)
            return null;

        var rate = BinaryPrimitives.ReadDoubleBigEndian(beginning[20..]);
        var channels = BinaryPrimitives.ReadInt32BigEndian(beginning[44..]);
        Span<byte> chunk = stackalloc byte[28];
        var position = 8L;
        for (var i = 0; i < MaxBoxes && file.Read(position, chunk) == chunk.Length; i++)
        {
            if (chunk.StartsWith("pakt"u8))
                return Of(BinaryPrimitives.ReadUInt64BigEndian(chunk[20..]), rate, channels);
            position += 12 + Math.Max(0, BinaryPrimitives.ReadInt64BigEndian(chunk[4..]) & 0xFFFF_FFFF);
        }

        return null;
    }

    // ISO/IEC 14496-12, section 8.2.2: the movie's header is the first box in its index, wherever that is.
    private static SoundClaim? OfMp4(FilePeek file)
    {
        Span<byte> box = stackalloc byte[48];
        var position = 0L;
        for (var i = 0; i < MaxBoxes && file.Read(position, box) is >= 16 and var length; i++)
        {
            ulong size = BinaryPrimitives.ReadUInt32BigEndian(box);
            if (size == 1)
                size = BinaryPrimitives.ReadUInt64BigEndian(box[8..]);
            if (box[4..].StartsWith("moov"u8) && length >= 48 && box[12..].StartsWith("mvhd"u8))
            {
                var isLong = box[16] == 1;
                var scale = BinaryPrimitives.ReadUInt32BigEndian(box[(isLong ? 36 : 28)..]);
                return Of(isLong ? BinaryPrimitives.ReadUInt64BigEndian(box[40..]) : BinaryPrimitives.ReadUInt32BigEndian(box[32..]), scale, 0);
            }

            if (size is < 8 or > int.MaxValue)
                return null;
            position += (long)size;
        }

        return null;
    }

    private static SoundClaim? Of(ulong frames, double rate, int channels) =>
        rate is >= 1 and <= 768_000 && channels is >= 0 and <= 64 ? new(frames / rate, rate * channels) : null;
}
