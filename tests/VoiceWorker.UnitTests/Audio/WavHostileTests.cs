using VoiceWorker.Audio;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.UnitTests.Audio;

public sealed class WavHostileTests
{
    private static readonly byte[] Good = new WavBuilder { Data = SampleWriter.Write(SampleWriter.Sine(2_000, 440, 16_000).Select(x => (double)x), "s16") }.Build();

    [Theory]
    [InlineData(0u, 1)]
    [InlineData(1u, 1)]
    [InlineData(3_999u, 1)]
    [InlineData(192_001u, 1)]
    [InlineData(0x80000000u, 1)]
    [InlineData(16_000u, 0)]
    [InlineData(16_000u, 9)]
    [InlineData(16_000u, 65_535)]
    public async Task DecodeAsync_RateOrChannelsOutOfBounds_IsRefused(uint rate, ushort channels)
    {
        var failure = await Decoders.FailureAsync(new WavBuilder { SampleRate = rate, Channels = channels, Bits = 8, Data = new byte[70_000] }.Build());

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedAudio), (failure.Kind, failure.Code));
    }

    [Fact]
    public async Task DecodeAsync_RateOutOfBounds_SaysWhatWouldBeRight()
    {
        var failure = await Decoders.FailureAsync(new WavBuilder { SampleRate = 1, Data = new byte[100] }.Build());

        Assert.Equal("The sample rate of the audio (wav) is 1 Hz; accepted are 4000 to 192000 Hz.", failure.Message);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 40)]
    [InlineData(1, 65_535)]
    [InlineData(3, 16)]
    [InlineData(3, 24)]
    public async Task DecodeAsync_ImpossibleSampleSize_IsRefused(ushort tag, ushort bits)
    {
        var failure = await Decoders.FailureAsync(new WavBuilder { Tag = tag, Bits = bits, Data = new byte[20_000] }.Build());

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedAudio), (failure.Kind, failure.Code));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public async Task DecodeAsync_SampleThatIsNoNumber_IsRefused(float value)
    {
        foreach (var rate in new uint[] { 16_000, 48_000 })
        {
            var failure = await Decoders.FailureAsync(
                new WavBuilder { Tag = 3, Bits = 32, SampleRate = rate, Data = SampleWriter.Write([0, 0, value, 0], "f32") }.Build());

            Assert.Contains("NaN", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task DecodeAsync_NoSamples_IsRefused()
    {
        var empty = new WavBuilder().Build();
        var emptyWithTail = new WavBuilder { Behind = WavBuilder.Chunk("LIST", new byte[50]) }.Build();

        Assert.Contains("no samples", (await Decoders.FailureAsync(empty)).Message, StringComparison.Ordinal);
        Assert.Contains("no samples", (await Decoders.FailureAsync(emptyWithTail)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DecodeAsync_LongerThanTheLimit_IsRefused()
    {
        var file = new WavBuilder { SampleRate = 8_000, Data = new byte[16_002] }.Build();

        var failure = await Decoders.FailureAsync(file, new AudioOptions { MaxDuration = TimeSpan.FromSeconds(1) });

        Assert.Equal((FailureKind.BadJob, ErrorCode.AudioTooLong), (failure.Kind, failure.Code));
    }

    [Fact]
    public async Task DecodeAsync_TruncatedAnywhere_GivesTheRestOrAClearError()
    {
        for (var length = 0; length < Good.Length; length += length < 64 ? 1 : 64)
        {
            try
            {
                using var audio = await Decoders.DecodeAsync(Good[..length]);
                Assert.Equal((length - 44) / 2, audio.Samples.Length);
            }
            catch (EngineException e)
            {
                Assert.Equal(FailureKind.BadJob, e.Kind);
                Assert.True(length < 46, $"{length} bytes: {e.Message}");
            }
        }
    }

    [Fact]
    public async Task DecodeAsync_NoFormat_IsRefused()
    {
        byte[] file = [.. "RIFF"u8, 0, 0, 0, 0, .. "WAVE"u8, .. WavBuilder.Chunk("data", new byte[100])];

        Assert.Contains("no format chunk", (await Decoders.FailureAsync(file)).Message, StringComparison.Ordinal);
    }
}
