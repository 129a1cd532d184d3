using VoiceWorker.Audio;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.UnitTests.Audio;

/// <summary>There is no ffmpeg here: what is left to it ends as <see cref="ErrorCode.EngineUnavailable"/>.</summary>
public sealed class OggOpusHostileTests
{
    private static readonly OggOpusBuilder Good = new() { Packets = new OpusRecorder().RecordTone(0.5) };

    public static TheoryData<string, byte[]> NotPlain => new()
    {
        { "mapping family 1", (Good with { MappingFamily = 1 }).Build() },
        { "three channels", (Good with { Channels = 3 }).Build() },
        { "no channels", (Good with { Channels = 0 }).Build() },
        { "a later version", (Good with { Version = 16 }).Build() },
        { "chained files", [.. Good.Build(), .. (Good with { Serial = 8 }).Build()] },
        { "two streams", [.. (Good with { IsEnded = false }).Build(), .. (Good with { Serial = 8 }).Build()] },
        { "the same stream twice", [.. Good.Build(), .. Good.Build()] },
        { "a wrong checksum", Flip(Good.Build(), 300) },
        { "a page that is missing", Without((Good with { SegmentsOnPage = 10 }).Build(), 3) },
        { "a page of another version", OggOpusBuilder.Seal(Flip(Good.Build(), 4)) },
        { "a page that goes on with nothing", OggOpusBuilder.Seal(Flip(Good.Build(), Pages(Good.Build())[2] + 5)) },
        { "bytes behind the last page", [.. Good.Build(), 0] },
        { "an empty packet", (Good with { Packets = [.. Good.Packets, []] }).Build() },
        { "a packet of no frames", (Good with { Packets = [.. Good.Packets, [0xFB, 0]] }).Build() },
        { "a packet longer than 120 ms", (Good with { Packets = [.. Good.Packets, [0xFB, 7]] }).Build() },
        { "frames that do not fit", (Good with { Packets = [.. Good.Packets, [0xFA, 200, 1]] }).Build() },
        { "a frame of more than 1275 bytes", (Good with { Packets = [.. Good.Packets, [0xF8, .. new byte[1_276]]] }).Build() },
        { "a packet of more than 61,440 bytes", (Good with { Packets = [.. Good.Packets, [0xFB, 0x41, .. new byte[61_440]]] }).Build() },
        { "an end that cuts more than a packet", (Good with { EndTrim = 961 }).Build() },
        { "an end before the beginning", (Good with { EndTrim = 1_000_000 }).Build() },
    };

    [Theory]
    [MemberData(nameof(NotPlain))]
    public Task DecodeAsync_NotPlain_IsLeftToFfmpeg(string what, byte[] file) => Decoders.AssertLeftToFfmpegAsync(what, file);

    [Fact]
    public async Task DecodeAsync_NoAudio_IsRefused()
    {
        var files = new[] { Good with { Packets = [] }, Good with { Packets = [], IsEnded = false }, Good with { PreSkip = ushort.MaxValue } };
        foreach (var file in files)
        {
            var failure = await Decoders.FailureAsync(file.Build());

            Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedAudio), (failure.Kind, failure.Code));
            Assert.Contains("no samples", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task DecodeAsync_LongerThanTheLimit_IsRefused()
    {
        var file = (Good with { EndTrim = 647 }).Build();

        var failure = await Decoders.FailureAsync(file, new AudioOptions { MaxDuration = TimeSpan.FromSeconds(0.48) });

        Assert.Equal((FailureKind.BadJob, ErrorCode.AudioTooLong), (failure.Kind, failure.Code));
        Assert.Contains("0.5 s", failure.Message, StringComparison.Ordinal);
    }

    // A packet of one byte is 20 ms of silence or what was heard before.
    [Fact]
    public async Task DecodeAsync_SixHoursInTwoMegabytes_IsRefusedBeforeAnythingIsDecoded()
    {
        var bomb = (Good with { Packets = [.. Enumerable.Repeat(new byte[] { 0x08 }, 6 * 3_600 * 50)] }).Build();
        var before = GC.GetTotalAllocatedBytes(precise: true);

        var failure = await Decoders.FailureAsync(bomb);

        Assert.Equal((FailureKind.BadJob, ErrorCode.AudioTooLong), (failure.Kind, failure.Code));
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 16 * 1024 * 1024);
    }

    [Fact]
    public async Task DecodeAsync_TruncatedAnywhere_GivesWholePagesOrIsLeftToFfmpeg()
    {
        var file = (Good with { SegmentsOnPage = 5 }).Build();
        var decoded = 0;
        for (var length = 32; length < file.Length; length++)
        {
            try
            {
                using var audio = await Decoders.DecodeAsync(file[..length]);
                Assert.True(file.AsSpan(length).StartsWith("OggS"u8), $"{length} bytes");
                decoded++;
            }
            catch (EngineException e)
            {
                Assert.True(e.Code == ErrorCode.EngineUnavailable || e.Message.Contains("no samples", StringComparison.Ordinal), e.Message);
            }
        }

        Assert.Equal(4, decoded);
    }

    [Fact]
    public async Task DecodeAsync_Cancelled_Stops()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Decoders.InProcess().DecodeAsync(new AudioInput(Good.Build()), cancellation.Token).AsTask());
    }

    private static byte[] Flip(byte[] file, int index)
    {
        file[index] ^= 1;
        return file;
    }

    private static int[] Pages(byte[] file) =>
        [.. Enumerable.Range(0, file.Length - 4).Where(i => file.AsSpan(i).StartsWith("OggS"u8)), file.Length];

    private static byte[] Without(byte[] file, int page) => [.. file[..Pages(file)[page]], .. file[Pages(file)[page + 1]..]];
}
