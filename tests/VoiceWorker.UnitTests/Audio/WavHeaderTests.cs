using System.Buffers.Binary;

namespace VoiceWorker.UnitTests.Audio;

/// <summary>Headers as recorders really write them. There is no ffmpeg here: what is decoded is decoded in process.</summary>
public sealed class WavHeaderTests
{
    private const int Count = 160;

    private static readonly float[] Wave = SampleWriter.Sine(Count, 440, 16_000);

    private static readonly WavBuilder Good = new() { Data = Written("s16") };

    private static readonly byte[] List = WavBuilder.Chunk("LIST", [.. "INFOISFT"u8, 5, 0, 0, 0, .. "Lavf5\0"u8]);

    [Theory]
    [InlineData(8, 2, "u8")]
    [InlineData(8, 4, "u8")]
    [InlineData(16, 4, "s16")]
    [InlineData(16, 8, "s16")]
    [InlineData(16, 1, "s16")]
    [InlineData(16, 0, "s16")]
    [InlineData(24, 4, "s24")]
    [InlineData(24, 6, "s24")]
    [InlineData(32, 8, "s32")]
    [InlineData(12, 4, "s16")]
    [InlineData(20, 6, "s24")]
    public async Task DecodeAsync_WrongFrameSizeWithTheRightByteRate_TheBitsCount(ushort bits, ushort frameBytes, string encoding)
    {
        var file = new WavBuilder { Bits = bits, FrameBytes = frameBytes, ByteRate = 16_000u * bits / 8, Data = Written(encoding) };

        await AssertIsTheWaveAsync(file.Build());
    }

    [Fact]
    public async Task DecodeAsync_WrongFrameSizeInStereo_TheBitsCount() =>
        await AssertIsTheWaveAsync((Good with { Channels = 2, FrameBytes = 8, ByteRate = 64_000, Data = SampleWriter.Write(Wave.SelectMany(x => new[] { (double)x, x }), "s16") }).Build());

    [Theory]
    [InlineData(8, 2, "s16")]
    [InlineData(12, 2, "s16")]
    [InlineData(16, 4, "s32")]
    [InlineData(20, 3, "s24")]
    [InlineData(24, 4, "s32")]
    [InlineData(0, 2, "s16")]
    public async Task DecodeAsync_LargerFrameConfirmedByTheByteRate_SamplesLieAtItsUpperEnd(ushort bits, ushort frameBytes, string encoding) =>
        await AssertIsTheWaveAsync(new WavBuilder { Bits = bits, FrameBytes = frameBytes, Data = Written(encoding) }.Build());

    [Fact]
    public async Task DecodeAsync_NeitherBitsNorByteRate_TheFrameSizeCounts() =>
        await AssertIsTheWaveAsync((Good with { Bits = 0, FrameBytes = 2, ByteRate = 0 }).Build());

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(0u, 0xFFFFFFFFu)]
    [InlineData(0u, 36u)]
    [InlineData(0u, 36u + 2 * Count)]
    [InlineData(0xFFFFFFFFu, 0xFFFFFFFFu)]
    [InlineData(0x80000000u, 0x80000024u)]
    [InlineData(0x7FFFF000u, 0u)]
    [InlineData(2u * Count + 1, 36u + 2 * Count)]
    [InlineData(2u * Count, 0u)]
    [InlineData(2u * Count, 1u)]
    public async Task DecodeAsync_SizesThatWereNeverSet_ReadsToTheEnd(uint dataSize, uint fileSize) =>
        await AssertIsTheWaveAsync((Good with { DataSize = dataSize, FileSize = fileSize }).Build());

    // Bytes that could be the name of a chunk, were its size not absurd.
    [Fact]
    public async Task DecodeAsync_DataSizeNeverSetAndTextForSamples_ReadsToTheEnd()
    {
        using var audio = await Decoders.DecodeAsync((Good with { DataSize = 0, Data = [.. Enumerable.Repeat((byte)'a', 2 * Count)] }).Build());

        Assert.Equal(Count, audio.Samples.Length);
    }

    [Theory]
    [InlineData("bext", 602)]
    [InlineData("JUNK", 28)]
    [InlineData("fact", 4)]
    [InlineData("LIST", 5)]
    [InlineData("id3 ", 1_001)]
    [InlineData("PAD ", 0)]
    public async Task DecodeAsync_ChunksAround_ArePassed(string name, int length)
    {
        var chunk = WavBuilder.Chunk(name, new byte[length]);
        var unpadded = chunk[..(8 + length)];

        foreach (var around in new[] { chunk, unpadded })
        {
            await AssertIsTheWaveAsync((Good with { Before = around }).Build());
            await AssertIsTheWaveAsync((Good with { Between = around }).Build());
            await AssertIsTheWaveAsync((Good with { Behind = around }).Build());
            await AssertIsTheWaveAsync((Good with { Before = around, Between = around, Behind = around }).Build());
        }
    }

    [Fact]
    public async Task DecodeAsync_OddDataWithoutPadding_IsReadUpToTheLastFrame() =>
        await AssertIsTheWaveAsync((Good with { Data = [.. Good.Data, 1], Behind = List }).Build());

    [Theory]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(100_000u)]
    [InlineData(3u)]
    public async Task DecodeAsync_ChunkOfAWrongSize_DoesNotHideTheOthers(uint size)
    {
        var junk = WavBuilder.Chunk("JUNK", new byte[28]);
        BinaryPrimitives.WriteUInt32LittleEndian(junk.AsSpan(4), size);

        await AssertIsTheWaveAsync((Good with { Before = junk }).Build());
        await AssertIsTheWaveAsync((Good with { Between = junk }).Build());
    }

    [Theory]
    [InlineData(16, 18u)]
    [InlineData(16, 40u)]
    [InlineData(16, 0xFFFFFFFFu)]
    public async Task DecodeAsync_FormatOfAWrongSize_DoesNotHideTheData(int written, uint size) =>
        await AssertIsTheWaveAsync((Good with { FormatBytes = written, FormatSize = size }).Build());

    [Fact]
    public async Task DecodeAsync_OldestFormatWithoutBits_HasEight() =>
        await AssertIsTheWaveAsync((Good with { FormatBytes = 14, FrameBytes = 1, ByteRate = 16_000, Data = Written("u8") }).Build());

    [Fact]
    public async Task DecodeAsync_ExtendedFormatCutShort_IsPcm() =>
        await AssertIsTheWaveAsync((Good with { Extensible = true, FormatBytes = 18 }).Build());

    [Fact]
    public async Task DecodeAsync_ExtendedFormatOfAmbisonics_IsRead()
    {
        var file = (Good with { Extensible = true }).Build();
        byte[] tail = [0x21, 0x07, 0xD3, 0x11, 0x86, 0x44, 0xC8, 0xC1, 0xCA, 0, 0, 0];
        tail.CopyTo(file, 12 + 8 + 28);

        await AssertIsTheWaveAsync(file);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(0)]
    public async Task DecodeAsync_G711WithWrongBits_HasEight(ushort bits)
    {
        using var audio = await Decoders.DecodeAsync(new WavBuilder { Tag = 7, Bits = bits, FrameBytes = 2, Data = [0x80, 0x00, 0xFE, 0x7E] }.Build());

        Assert.Equal(new[] { 32_124, -32_124, 8, -8 }.Select(x => x / 32_768f), audio.Samples.ToArray());
    }

    [Fact]
    public async Task DecodeAsync_DataBeforeFormat_IsRead()
    {
        var file = Good.Build();

        await AssertIsTheWaveAsync([.. file[..12], .. WavBuilder.Chunk("data", Good.Data), .. file[12..36]]);
    }

    [Theory]
    [InlineData("RF64", 2 * Count)]
    [InlineData("BW64", 2 * Count)]
    [InlineData("RF64", 0)]
    public async Task DecodeAsync_LongFile_HasTheSizeOfItsOwnChunk(string magic, long size)
    {
        var sizes = new byte[28];
        BinaryPrimitives.WriteInt64LittleEndian(sizes.AsSpan(8), size);
        var file = Good with { Magic = magic, FileSize = uint.MaxValue, DataSize = uint.MaxValue, Before = WavBuilder.Chunk("ds64", sizes) };

        await AssertIsTheWaveAsync((file with { Behind = size > 0 ? List : [] }).Build());
    }

    // RIFX, as sox -B writes it.
    [Theory]
    [InlineData("u8", 8, 1, false)]
    [InlineData("s16", 16, 1, false)]
    [InlineData("s16", 16, 1, true)]
    [InlineData("s24", 24, 1, false)]
    [InlineData("s32", 32, 1, false)]
    [InlineData("f32", 32, 3, false)]
    [InlineData("f64", 64, 3, true)]
    public async Task DecodeAsync_BigEndian_IsRead(string encoding, ushort bits, ushort tag, bool extensible)
    {
        var file = (Good with { Magic = "RIFX", Tag = tag, Bits = bits, Extensible = extensible, Data = Written(encoding) }).Build();
        int[] fields = extensible ? [2, 2, 4, 4, 2, 2, 2, 2, 4, 4, 2, 2] : [2, 2, 4, 4, 2, 2];
        var (position, data) = (20, 20 + (extensible ? 40 : 16) + 8);
        foreach (var length in fields)
        {
            file.AsSpan(position, length).Reverse();
            position += length;
        }

        foreach (var size in new[] { 4, 16, data - 4 })
            file.AsSpan(size, 4).Reverse();
        for (var sample = data; sample < file.Length; sample += bits / 8)
            file.AsSpan(sample, bits / 8).Reverse();

        await AssertIsTheWaveAsync(file);
    }

    public static TheoryData<string, byte[]> NotPlain => new()
    {
        { "several data chunks", (Good with { Behind = [.. List, .. WavBuilder.Chunk("data", new byte[100])] }).Build() },
        { "64-bit integers", (Good with { Bits = 64 }).Build() },
        { "IMA ADPCM", (Good with { Tag = 0x11, Bits = 4 }).Build() },
        { "an unknown extended format", Flip((Good with { Extensible = true }).Build(), 12 + 8 + 39) },
        { "32 bits, integers or floats", (Good with { Extensible = true, FormatBytes = 18, Bits = 32 }).Build() },
    };

    [Theory]
    [MemberData(nameof(NotPlain))]
    public Task DecodeAsync_NotPlain_IsLeftToFfmpeg(string what, byte[] file) => Decoders.AssertLeftToFfmpegAsync(what, file);

    private static byte[] Written(string encoding) => SampleWriter.Write(Wave.Select(x => (double)x), encoding);

    private static byte[] Flip(byte[] file, int index)
    {
        file[index] ^= 1;
        return file;
    }

    private static async Task AssertIsTheWaveAsync(byte[] file)
    {
        using var audio = await Decoders.DecodeAsync(file);

        Assert.Equal(Count, audio.Samples.Length);
        Assert.All(Wave.Zip(audio.Samples.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 0.008));
    }
}
