using System.Buffers.Binary;
using System.Text;
using VoiceWorker.Audio;
using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.UnitTests.Audio;

/// <summary>What the order of jobs depends on. A header's claim is enough for that, but nothing may go wrong with it.</summary>
public sealed class EstimateTests
{
    // The attack: 137 KB of silence that ffmpeg makes 10 minutes of eight channels from.
    private static readonly byte[] CostlyFlac = [.. Flac(192_000, 8, 192_000L * 600), .. new byte[137_000]];

    [Theory]
    [InlineData(192_000, 8, 600, 600 * (1 + 1.536 / 2.5))]
    [InlineData(48_000, 2, 600, 600 * (1 + 0.096 / 2.5))]
    [InlineData(16_000, 1, 3, 3 * (1 + 0.016 / 2.5))]
    public void EstimateDuration_Flac_CountsWhatIsToBeDecoded(int rate, int channels, int seconds, double expected)
    {
        var stream = Flac(rate, channels, (long)rate * seconds);
        byte[] ogg = [.. "OggS\0\u0002"u8, .. new byte[20], 1, 51, 0x7F, .. "FLAC\u0001\0\0\u0001"u8, .. stream];
        byte[] matroska = [0x1A, 0x45, 0xDF, 0xA3, .. new byte[400], .. stream];
        byte[] tagged = [.. "ID3"u8, 4, 0, 0, 0, 1, 0, 0, .. new byte[1 << 14], .. stream];

        foreach (var file in new[] { stream, ogg, matroska, tagged })
            AssertEstimate(expected, [.. file, .. new byte[10_000]]);
    }

    [Fact]
    public void EstimateDuration_SmallFileOfMuchSound_IsNoShortOne() => AssertEstimate(600 * (1 + 1.536 / 2.5), CostlyFlac);

    [Theory]
    [InlineData(8_000, 1, 10)]
    [InlineData(48_000, 2, 10)]
    [InlineData(192_000, 8, 2)]
    public void EstimateDuration_Wav_CountsWhatIsToBeDecoded(int rate, int channels, int seconds) =>
        AssertEstimate(
            seconds * (1 + rate * channels / 2.5e6),
            new WavBuilder { SampleRate = (uint)rate, Channels = (ushort)channels, Data = new byte[rate * channels * 2 * seconds] }.Build());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EstimateDuration_Mp4_GoesByItsIndexWhereverItIs(bool isLong)
    {
        var header = new byte[isLong ? 120 : 108];
        BinaryPrimitives.WriteInt32BigEndian(header, header.Length);
        "mvhd"u8.CopyTo(header.AsSpan(4));
        header[8] = isLong ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(isLong ? 28 : 20), 1_000);
        header[isLong ? 38 : 26] = 0x27;
        header[isLong ? 39 : 27] = 0x10;
        var (ftyp, mdat, moov) = (Mp4Builder.Box("ftyp", new byte[16]), Mp4Builder.Box("mdat", new byte[50_001]), Mp4Builder.Box("moov", header));

        AssertEstimate(10 * (1 + 0 / 2.5), [.. ftyp, .. moov, .. mdat]);
        AssertEstimate(10, [.. ftyp, .. Mp4Builder.Box("free", []), .. mdat, .. moov]);
        AssertEstimate(10, [.. mdat, .. moov]);
    }

    [Fact]
    public void EstimateDuration_Caf_GoesByItsPacketTable()
    {
        byte[] format = [.. BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(BitConverter.DoubleToInt64Bits(96_000))), .. "alac"u8, .. new byte[15], 4, .. new byte[4]];
        var table = new byte[24];
        BinaryPrimitives.WriteInt64BigEndian(table.AsSpan(8), 96_000 * 60);

        AssertEstimate(60 * (1 + 0.384 / 2.5), [.. "caff\0\u0001\0\0"u8, .. Chunk("desc", format), .. Chunk("data", new byte[4_000]), .. Chunk("pakt", table)]);
    }

    [Theory]
    [InlineData("OggS............", 4_000)]
    [InlineData("#!AMR\n..........", 4_000)]
    [InlineData("ID3\u0004............", 8_000)]
    [InlineData("FORM....AIFFCOMM", 40_000)]
    public void EstimateDuration_NoClaim_GoesByTheSize(string head, int bytesPerSecond) =>
        AssertEstimate(10, [.. Encoding.Latin1.GetBytes(head), .. new byte[(10 * bytesPerSecond) - head.Length]]);

    [Fact]
    public void EstimateDuration_AbsurdClaims_AreBounded()
    {
        AssertEstimate(600 * (1 + 0.016 / 2.5), Flac(16_000, 1, 0xF_FFFF_FFFF));
        Assert.InRange(Decoders.InProcess().EstimateDuration(new AudioInput((byte[])[.. Flac(16_000, 1, 1), .. new byte[61_440_000]])).TotalSeconds, 10, 11);
        Assert.InRange(Decoders.InProcess(new AudioOptions { MaxDuration = TimeSpan.FromSeconds(20) }).EstimateDuration(new AudioInput(CostlyFlac)).TotalSeconds, 20, 40);
        Assert.Equal(TimeSpan.Zero, Decoders.InProcess().EstimateDuration(new AudioInput(new byte[11])));
    }

    // Called where messages come in: it may guess wrong, but not throw.
    [Fact]
    public void EstimateDuration_WhateverComes_IsBetweenNothingAndTheLimit()
    {
        var decoder = Decoders.InProcess();
        byte[][] seeds =
        [
            CostlyFlac[..2_000], new WavBuilder { Data = new byte[500] }.Build(), [.. Mp4Builder.Box("free", new byte[9]), .. Mp4Builder.Box("moov", new byte[200])],
            [.. "caff\0\u0001\0\0"u8, .. Chunk("desc", new byte[32]), .. Chunk("pakt", new byte[24])], [.. "wvpk"u8, .. new byte[40]], [.. "ID3\u0004\0\0\0\0\u0001\0"u8, .. new byte[300]],
        ];
        var random = new Random(5);
        for (var round = 0; round < 3_000; round++)
        {
            var file = seeds[round % seeds.Length][..random.Next(seeds[round % seeds.Length].Length)];
            for (var flip = random.Next(6); flip > 0 && file.Length > 0; flip--)
                file[random.Next(Math.Min(60, file.Length))] = (byte)random.Next(256);
            var text = Encoding.ASCII.GetBytes(Convert.ToBase64String(file))[..^random.Next(Math.Min(3, Math.Max(1, file.Length)))];

            foreach (var input in new[] { new AudioInput(file), new AudioInput(text, IsBase64: true), new AudioInput(file, IsBase64: true) })
                Assert.InRange(decoder.EstimateDuration(input).TotalSeconds, 0, 20_000);
        }
    }

    private static void AssertEstimate(double seconds, byte[] file)
    {
        var decoder = Decoders.InProcess();
        var text = Encoding.ASCII.GetBytes(Convert.ToBase64String(file));

        Assert.Equal(seconds, decoder.EstimateDuration(new AudioInput(file)).TotalSeconds, seconds * 0.01);
        Assert.Equal(seconds, decoder.EstimateDuration(new AudioInput(text, IsBase64: true)).TotalSeconds, seconds * 0.01);
    }

    private static byte[] Flac(int rate, int channels, long samples)
    {
        byte[] stream = [.. "fLaC"u8, 0x80, 0, 0, 34, .. new byte[34]];
        BinaryPrimitives.WriteUInt64BigEndian(stream.AsSpan(18), (ulong)rate << 44 | (ulong)(channels - 1) << 41 | 15UL << 36 | (ulong)samples);
        return stream;
    }

    private static byte[] Chunk(string name, byte[] content)
    {
        byte[] chunk = [.. Encoding.ASCII.GetBytes(name), .. new byte[8], .. content];
        BinaryPrimitives.WriteInt64BigEndian(chunk.AsSpan(4), content.Length);
        return chunk;
    }
}
