using VoiceWorker.Audio;
using VoiceWorker.Audio.Opus;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.UnitTests.Audio;

/// <summary>There is no ffmpeg here: what is left to it ends as <see cref="ErrorCode.EngineUnavailable"/>.</summary>
public sealed class WebmOpusDecodingTests
{
    private static readonly WebmBuilder Good = new() { Packets = new OpusRecorder().RecordTone() };

    public static TheoryData<string, byte[]> NotPlain => new()
    {
        { "another codec", (Good with { Codec = "A_VORBIS" }).Build() },
        { "no header", (Good with { Head = [] }).Build() },
        { "mapping family 1", (Good with { Head = (new OggOpusBuilder { MappingFamily = 1 }).Head }).Build() },
        { "two tracks", (Good with { InTracks = WebmBuilder.Track(2, "V_VP8", []) }).Build() },
        { "encryption", (Good with { InTrack = WebmBuilder.Element(WebmElements.ContentEncodings) }).Build() },
        { "lacing", (Good with { BlockFlags = 0x82 }).Build() },
        { "another track's blocks", (Good with { BlockTrack = 2 }).Build() },
        { "chained files", [.. Good.Build(), .. Good.Build()] },
        { "tracks twice", (Good with { BeforeCluster = WebmBuilder.Element(WebmElements.Tracks, WebmBuilder.Track(1, "A_OPUS", Good.Head)) }).Build() },
        { "no tracks", [.. Good.Build()[..40]] },
        { "bytes that are no element", [.. Good.Build(), 0, 0] },
        { "an element of 2^56 - 2 bytes", (Good with { BeforeCluster = WebmBuilder.Sized(0xEC, (1UL << 56) - 2) }).Build() },
        { "an element of unknown size", (Good with { BeforeCluster = WebmBuilder.Sized(0xEC, (1UL << 56) - 1) }).Build() },
        { "an element of unknown size in one byte", (Good with { BeforeCluster = [0xEC, 0xFF, .. new byte[127]] }).Build() },
        { "an empty packet", (Good with { Packets = [[], .. Good.Packets] }).Build() },
        { "a block without a frame's head", (Good with { BeforeCluster = WebmBuilder.Element(WebmElements.SimpleBlock, [0x81, 0]) }).Build() },
        { "a group without a block", (Good with { BeforeCluster = WebmBuilder.Element(WebmElements.BlockGroup) }).Build() },
        { "trimming in the middle", [.. (Good with { UsesGroups = true, DiscardPadding = 1_000_000 }).Build(), .. WebmBuilder.Element(WebmElements.SimpleBlock, [0x81, 0, 0, 0x80, .. Good.Packets[0]])] },
        { "trimming more than a packet", (Good with { UsesGroups = true, DiscardPadding = 20_020_000 }).Build() },
        { "trimming less than nothing", (Good with { UsesGroups = true, DiscardPadding = -1_000_000 }).Build() },
        { "trimming less than nothing in three bytes", (Good with { BeforeCluster = WebmBuilder.Element(WebmElements.BlockGroup, WebmBuilder.Element(WebmElements.Block, [0x81, 0, 0, 0x80, .. Good.Packets[0]]), WebmBuilder.Element(WebmElements.DiscardPadding, [0xFF, 0, 0])) }).Build() },
        { "trimming for ever", (Good with { UsesGroups = true, DiscardPadding = long.MaxValue }).Build() },
    };

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task DecodeAsync_KnownAndUnknownSizes_GivesTheSameAsOgg(bool hasSizes, bool usesGroups)
    {
        using var expected = await Decoders.DecodeAsync(new OggOpusBuilder { Packets = Good.Packets }.Build());

        using var audio = await Decoders.DecodeAsync((Good with { HasSizes = hasSizes, UsesGroups = usesGroups }).Build());

        Assert.Equal("webm", audio.SourceFormat);
        Assert.Equal(expected.Samples.ToArray(), audio.Samples.ToArray());
    }

    [Fact]
    public async Task DecodeAsync_DiscardPadding_TrimsTheEnd()
    {
        using var all = await Decoders.DecodeAsync(Good.Build());

        using var audio = await Decoders.DecodeAsync((Good with { UsesGroups = true, DiscardPadding = 13_500_000 }).Build());

        Assert.Equal(all.Samples.Length - 216, audio.Samples.Length);
        Assert.Equal(all.Samples[..^300].ToArray(), audio.Samples[..^84].ToArray());
    }

    // Void elements, and 100,000 clusters one inside the other.
    [Fact]
    public async Task DecodeAsync_ElementsThatDoNotMatter_ArePassed()
    {
        byte[] padding = [0xEC, 0x83, 1, 2, 3];
        var clusters = Enumerable.Repeat(WebmBuilder.Sized(WebmElements.Cluster, (1UL << 56) - 1), 100_000).SelectMany(bytes => bytes);

        using var audio = await Decoders.DecodeAsync((Good with { InTrack = padding, InTracks = padding, BeforeCluster = [.. padding, .. clusters] }).Build());

        Assert.Equal(32_000 - 104, audio.Samples.Length);
    }

    [Theory]
    [MemberData(nameof(NotPlain))]
    public Task DecodeAsync_NotPlain_IsLeftToFfmpeg(string what, byte[] file) => Decoders.AssertLeftToFfmpegAsync(what, file);

    [Fact]
    public async Task DecodeAsync_TruncatedAnywhere_GivesWholeBlocksOrIsLeftToFfmpeg()
    {
        var file = (Good with { Packets = Good.Packets[..25] }).Build();
        var decoded = new List<int>();
        for (var length = 80; length < file.Length; length++)
        {
            try
            {
                using var audio = await Decoders.DecodeAsync(file[..length]);
                decoded.Add(audio.Samples.Length);
            }
            catch (EngineException e)
            {
                Assert.True(e.Code == ErrorCode.EngineUnavailable || e.Message.Contains("no samples", StringComparison.Ordinal), e.Message);
            }
        }

        Assert.Equal(Enumerable.Range(1, 24).Select(packets => packets * 320 - 104), decoded);
    }

    [Fact]
    public async Task DecodeAsync_SixHoursOfSilence_IsTooLong()
    {
        var bomb = (Good with { Packets = [.. Enumerable.Repeat(new byte[] { 0x08 }, 6 * 3_600 * 50)] }).Build();

        var failure = await Decoders.FailureAsync(bomb);

        Assert.Equal((FailureKind.BadJob, ErrorCode.AudioTooLong), (failure.Kind, failure.Code));
    }

    [Fact]
    public async Task DecodeAsync_InProcessSwitchedOff_IsLeftToFfmpeg()
    {
        var failure = await Decoders.FailureAsync(Good.Build(), new AudioOptions { OpusInProcess = false });

        Assert.Equal(ErrorCode.EngineUnavailable, failure.Code);
    }
}
