using Concentus.Enums;
using VoiceWorker.Audio;
using VoiceWorker.Core.Jobs;

namespace VoiceWorker.UnitTests.Audio;

/// <summary>There is no ffmpeg here: what is decoded is decoded in process.</summary>
public sealed class OggOpusDecodingTests
{
    private static readonly byte[][] Tone = new OpusRecorder().RecordTone();

    [Theory]
    [InlineData(OpusMode.MODE_SILK_ONLY, 10, 16_000)]
    [InlineData(OpusMode.MODE_SILK_ONLY, 20, 8_000)]
    [InlineData(OpusMode.MODE_SILK_ONLY, 40, 24_000)]
    [InlineData(OpusMode.MODE_SILK_ONLY, 60, 48_000)]
    [InlineData(OpusMode.MODE_HYBRID, 10, 48_000)]
    [InlineData(OpusMode.MODE_HYBRID, 20, 24_000)]
    [InlineData(OpusMode.MODE_CELT_ONLY, 2.5, 48_000)]
    [InlineData(OpusMode.MODE_CELT_ONLY, 5, 48_000)]
    [InlineData(OpusMode.MODE_CELT_ONLY, 10, 12_000)]
    [InlineData(OpusMode.MODE_CELT_ONLY, 20, 16_000)]
    public async Task DecodeAsync_EveryModeAndFrame_GivesTheToneBack(OpusMode mode, double milliseconds, int rate)
    {
        var packets = new OpusRecorder { Mode = mode, FrameMilliseconds = milliseconds, SampleRate = rate, Bitrate = 64_000 }.RecordTone();

        using var audio = await Decoders.DecodeAsync(new OggOpusBuilder { Packets = packets }.Build());

        Assert.Equal("ogg/opus", audio.SourceFormat);
        Assert.Equal((int)(packets.Length * milliseconds * 16) - 104, audio.Samples.Length);
        AssertIsTheTone(audio, 0.5);
    }

    [Fact]
    public async Task DecodeAsync_Stereo_IsTheMeanOfBothChannels()
    {
        var tone = SampleWriter.Sine(96_000, 440, 48_000);
        foreach (var mode in new[] { OpusMode.MODE_SILK_ONLY, OpusMode.MODE_CELT_ONLY })
        {
            var packets = new OpusRecorder { Channels = 2, Mode = mode, Bitrate = 96_000 }.Record([.. tone.SelectMany(sample => new[] { sample, 0 })]);

            using var audio = await Decoders.DecodeAsync(new OggOpusBuilder { Packets = packets, Channels = 2 }.Build());

            AssertIsTheTone(audio, 0.25);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(312)]
    [InlineData(3_840)]
    [InlineData(65_535)]
    public async Task DecodeAsync_PreSkip_IsLeftOut(int preSkip)
    {
        using var all = await Decoders.DecodeAsync(new OggOpusBuilder { Packets = Tone, PreSkip = 0 }.Build());

        using var audio = await Decoders.DecodeAsync(new OggOpusBuilder { Packets = Tone, PreSkip = (ushort)preSkip }.Build());

        AssertSame(all.Samples[(preSkip / 3)..], audio.Samples);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(300)]
    [InlineData(960)]
    public async Task DecodeAsync_LastPositionShortOfItsPackets_TrimsTheEnd(int trim)
    {
        using var all = await Decoders.DecodeAsync(new OggOpusBuilder { Packets = Tone }.Build());

        using var audio = await Decoders.DecodeAsync(new OggOpusBuilder { Packets = Tone, EndTrim = trim }.Build());

        AssertSame(all.Samples[..^(trim / 3)], audio.Samples);
    }

    [Theory]
    [InlineData(-1_541, 0.25)]
    [InlineData(512, 0.6295)]
    public async Task DecodeAsync_OutputGain_IsApplied(short gain, double amplitude)
    {
        using var audio = await Decoders.DecodeAsync(new OggOpusBuilder { Packets = Tone, Gain = gain }.Build());

        AssertIsTheTone(audio, amplitude);
    }

    [Fact]
    public async Task DecodeAsync_GainBeyondFullScale_IsClipped()
    {
        using var audio = await Decoders.DecodeAsync(new OggOpusBuilder { Packets = Tone, Gain = short.MaxValue }.Build());

        Assert.All(audio.Samples.ToArray(), sample => Assert.InRange(sample, -1, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(255)]
    public async Task DecodeAsync_PacketsAcrossPages_AreJoined(int segmentsOnPage)
    {
        var packets = new OpusRecorder { Mode = OpusMode.MODE_CELT_ONLY, Bitrate = 256_000 }.RecordTone();
        Assert.Contains(packets, packet => packet.Length > 510);
        using var expected = await Decoders.DecodeAsync(new OggOpusBuilder { Packets = packets }.Build());

        using var audio = await Decoders.DecodeAsync(
            new OggOpusBuilder { Packets = packets, SegmentsOnPage = segmentsOnPage, CommentBytes = 100_000 }.Build());

        Assert.Equal(expected.Samples.ToArray(), audio.Samples.ToArray());
    }

    [Theory]
    [InlineData(255)]
    [InlineData(40)]
    public async Task DecodeAsync_AudioOnAHeadersPage_IsNotLost(int segmentsOnPage)
    {
        using var expected = await Decoders.DecodeAsync(new OggOpusBuilder { Packets = Tone }.Build());
        var file = new OggOpusBuilder { Packets = Tone, SegmentsOnPage = segmentsOnPage };

        using var behindComment = await Decoders.DecodeAsync((file with { IsAudioOnCommentPage = true }).Build());
        using var behindPicture = await Decoders.DecodeAsync((file with { IsAudioOnCommentPage = true, CommentBytes = 100_000 }).Build());
        using var onOnePage = await Decoders.DecodeAsync((file with { IsCommentOnHeadPage = true }).Build());

        Assert.Equal(expected.Samples.ToArray(), behindComment.Samples.ToArray());
        Assert.Equal(expected.Samples.ToArray(), behindPicture.Samples.ToArray());
        Assert.Equal(expected.Samples.ToArray(), onOnePage.Samples.ToArray());
    }

    [Theory]
    [InlineData(OpusMode.MODE_SILK_ONLY)]
    [InlineData(OpusMode.MODE_CELT_ONLY)]
    public async Task DecodeAsync_OneChannelInverted_IsOneOfThem(OpusMode mode)
    {
        var tone = SampleWriter.Sine(96_000, 440, 48_000);
        var packets = new OpusRecorder { Channels = 2, Mode = mode, Bitrate = 96_000 }.Record([.. tone.SelectMany(sample => new[] { sample, -sample })]);

        using var audio = await Decoders.DecodeAsync(new OggOpusBuilder { Packets = packets, Channels = 2 }.Build());

        AssertIsTheTone(audio, 0.5);
    }

    [Fact]
    public async Task DecodeAsync_SilenceInPacketsOfAByteOrTwo_HasItsLength()
    {
        var packets = new OpusRecorder { Mode = OpusMode.MODE_SILK_ONLY, UseDtx = true }.Record(new float[96_000]);
        Assert.Contains(packets, packet => packet.Length <= 2);

        using var audio = await Decoders.DecodeAsync(new OggOpusBuilder { Packets = packets }.Build());

        Assert.Equal(32_000 - 104, audio.Samples.Length);
        Assert.All(audio.Samples.ToArray(), sample => Assert.Equal(0, sample, 0.01));
    }

    [Fact]
    public async Task DecodeAsync_NoLastPage_PlaysToTheEnd()
    {
        using var audio = await Decoders.DecodeAsync(new OggOpusBuilder { Packets = Tone, IsEnded = false }.Build());

        Assert.Equal(32_000 - 104, audio.Samples.Length);
    }

    [Fact]
    public async Task DecodeAsync_AtTheDurationLimit_IsAccepted()
    {
        var file = new OggOpusBuilder { Packets = Tone, EndTrim = 648 }.Build();

        using var audio = await Decoders.DecodeAsync(file, new AudioOptions { MaxDuration = TimeSpan.FromMilliseconds(1_980) });

        Assert.Equal(TimeSpan.FromMilliseconds(1_980), audio.Duration);
    }

    // Near both ends the resampler sees silence where the other file goes on.
    private static void AssertSame(ReadOnlyMemory<float> expected, ReadOnlyMemory<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.Equal(expected[50..^50].ToArray(), actual[50..^50].ToArray());
    }

    private static void AssertIsTheTone(DecodedAudio audio, double amplitude)
    {
        var tone = ToneAnalysis.Of(audio.Samples.Span[4_000..^4_000], 440, DecodedAudio.SampleRate);

        Assert.Equal(amplitude, tone.Amplitude, 0.06 * amplitude);
        Assert.InRange(tone.ResidualRms, 0, 0.15 * amplitude);
    }
}
