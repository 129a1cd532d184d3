using VoiceWorker.Audio;
using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.UnitTests.Audio;

public sealed class WavDecodingTests
{
    [Theory]
    [InlineData("u8", 8, 1, 0.008)]
    [InlineData("s16", 16, 1, 0.0001)]
    [InlineData("s24", 24, 1, 0.000001)]
    [InlineData("s32", 32, 1, 0.000001)]
    [InlineData("f32", 32, 3, 0.000001)]
    [InlineData("f64", 64, 3, 0.000001)]
    public async Task DecodeAsync_EveryEncoding_GivesTheSamplesBack(string encoding, ushort bits, ushort tag, double tolerance)
    {
        var wave = SampleWriter.Sine(1_000, 440, 16_000);
        var file = new WavBuilder { Tag = tag, Bits = bits, Data = SampleWriter.Write(wave.Select(x => (double)x), encoding) }.Build();

        using var audio = await Decoders.DecodeAsync(file);

        Assert.Equal(wave.Length, audio.Samples.Length);
        Assert.All(wave.Zip(audio.Samples.ToArray()), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    [Fact]
    public async Task DecodeAsync_ExtensibleFormat_ReadsTheSubFormat()
    {
        var file = new WavBuilder { Tag = 3, Bits = 32, Extensible = true, Data = SampleWriter.Write([0.25, -0.5], "f32") }.Build();

        using var audio = await Decoders.DecodeAsync(file);

        Assert.Equal([0.25f, -0.5f], audio.Samples.ToArray());
    }

    // ITU-T G.711, tables 1a and 2a: the ends of each scale and the values next to zero.
    [Theory]
    [InlineData(6, new byte[] { 0xAA, 0x2A, 0xD5, 0x55 }, new[] { 32_256, -32_256, 8, -8 })]
    [InlineData(7, new byte[] { 0x80, 0x00, 0xFE, 0x7E }, new[] { 32_124, -32_124, 8, -8 })]
    public async Task DecodeAsync_G711_FollowsTheTables(ushort tag, byte[] data, int[] expected)
    {
        var file = new WavBuilder { Tag = tag, Bits = 8, Data = data }.Build();

        using var audio = await Decoders.DecodeAsync(file);

        Assert.Equal(expected.Select(x => x / 32_768f), audio.Samples.ToArray());
    }

    [Fact]
    public async Task DecodeAsync_Stereo_IsTheMeanOfBothChannels()
    {
        var file = new WavBuilder { Channels = 2, Data = SampleWriter.Write([0.5, -0.25, 1, 0], "f32"), Tag = 3, Bits = 32 }.Build();

        using var audio = await Decoders.DecodeAsync(file);

        Assert.Equal([0.125f, 0.5f], audio.Samples.ToArray());
    }

    [Theory]
    [InlineData(8_000, 2)]
    [InlineData(16_000, 2)]
    [InlineData(44_100, 2)]
    [InlineData(48_000, 8)]
    public async Task DecodeAsync_ChannelsThatCancelEachOther_AreOneOfThem(uint rate, ushort channels)
    {
        var tone = SampleWriter.Sine((int)rate, 440, (int)rate);
        var frames = tone.SelectMany(x => Enumerable.Range(0, channels).Select(channel => channel % 2 == 0 ? (double)x : -x));
        var file = new WavBuilder { SampleRate = rate, Channels = channels, Data = SampleWriter.Write(frames, "s16") }.Build();

        using var audio = await Decoders.DecodeAsync(file);

        var found = ToneAnalysis.Of(audio.Samples.Span[1_000..^1_000], 440, 16_000);
        Assert.Equal(0.5, found.Amplitude, 0.005);
        Assert.InRange(found.ResidualRms, 0, 0.005);
    }

    [Theory]
    [InlineData(4_000)]
    [InlineData(8_000)]
    [InlineData(22_050)]
    [InlineData(44_100)]
    [InlineData(192_000)]
    public async Task DecodeAsync_AnyRate_KeepsTheDuration(uint rate)
    {
        var file = new WavBuilder { SampleRate = rate, Data = new byte[rate * 2] }.Build();

        using var audio = await Decoders.DecodeAsync(file);

        Assert.Equal(TimeSpan.FromSeconds(1), audio.Duration);
    }

    [Theory]
    [InlineData(0xFFFFFFFF, 0xFFFFFFFF)]
    [InlineData(0x7FFFFF00u, 0x7FFFFF24u)]
    [InlineData(0u, 0u)]
    [InlineData(0u, 36u)]
    [InlineData(0u, 0xFFFFFFFF)]
    public async Task DecodeAsync_StreamingSizes_ReadsToTheEnd(uint dataSize, uint fileSize)
    {
        var file = new WavBuilder { Data = new byte[320], DataSize = dataSize, FileSize = fileSize }.Build();

        using var audio = await Decoders.DecodeAsync(file);

        Assert.Equal(160, audio.Samples.Length);
    }

    [Fact]
    public async Task DecodeAsync_ChunksAroundTheData_AreSkipped()
    {
        var list = WavBuilder.Chunk("LIST", [1, 2, 3]);
        var file = new WavBuilder { Data = new byte[320], Between = list, Behind = list }.Build();

        using var audio = await Decoders.DecodeAsync(file);

        Assert.Equal(160, audio.Samples.Length);
    }

    [Theory]
    [InlineData("RF64")]
    [InlineData("BW64")]
    public async Task DecodeAsync_LongFileFormats_AreRead(string magic)
    {
        var sizes = WavBuilder.Chunk("ds64", new byte[28]);
        var file = new WavBuilder { Magic = magic, Data = new byte[320], DataSize = uint.MaxValue, FileSize = uint.MaxValue, Between = sizes }.Build();

        using var audio = await Decoders.DecodeAsync(file);

        Assert.Equal(160, audio.Samples.Length);
    }

    [Fact]
    public async Task DecodeAsync_LouderThanFullScale_IsClipped()
    {
        var file = new WavBuilder { Tag = 3, Bits = 32, Data = SampleWriter.Write([3, -2, 0.5], "f32") }.Build();

        using var audio = await Decoders.DecodeAsync(file);

        Assert.Equal([1f, -1f, 0.5f], audio.Samples.ToArray());
    }

    [Fact]
    public async Task DecodeAsync_LastFrameIncomplete_IsDropped()
    {
        var file = new WavBuilder { Channels = 2, Data = new byte[11] }.Build();

        using var audio = await Decoders.DecodeAsync(file);

        Assert.Equal(2, audio.Samples.Length);
    }

    [Fact]
    public async Task DecodeAsync_Base64_IsUndoneFirst()
    {
        var text = System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(new WavBuilder { Data = new byte[320] }.Build()));

        using var audio = await Decoders.InProcess().DecodeAsync(new AudioInput(text, IsBase64: true, "audio/mpeg"), TestContext.Current.CancellationToken);

        Assert.Equal((160, "wav"), (audio.Samples.Length, audio.SourceFormat));
    }

    [Fact]
    public async Task DecodeAsync_AtTheDurationLimit_IsAccepted()
    {
        var file = new WavBuilder { SampleRate = 8_000, Data = new byte[16_000] }.Build();

        using var audio = await Decoders.DecodeAsync(file, new AudioOptions { MaxDuration = TimeSpan.FromSeconds(1) });

        Assert.Equal(16_000, audio.Samples.Length);
    }
}
