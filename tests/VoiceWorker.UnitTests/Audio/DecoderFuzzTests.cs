using System.Text;
using Concentus.Enums;
using VoiceWorker.Audio;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.UnitTests.Audio;

/// <summary>Whatever arrives: samples in bounds, a bad job with a message, or a file that is left to ffmpeg (which is missing here).</summary>
public sealed class DecoderFuzzTests
{
    private const int Rounds = 2_000;
    private const int OpusRounds = 5_000;

    [Theory]
    [InlineData("u8", 8, 1, 8_000)]
    [InlineData("s16", 16, 1, 16_000)]
    [InlineData("s24", 24, 1, 44_100)]
    [InlineData("f32", 32, 3, 48_000)]
    public async Task DecodeAsync_FlippedBytes_NeverEscapesItsContract(string encoding, ushort bits, ushort tag, uint rate)
    {
        var file = new WavBuilder
        {
            Tag = tag,
            Bits = bits,
            Channels = 2,
            SampleRate = rate,
            Extensible = true,
            Between = WavBuilder.Chunk("LIST", new byte[11]),
            Data = SampleWriter.Write(SampleWriter.Sine(200, 440, 16_000).Select(x => (double)x), encoding),
        }.Build();
        var random = new Random(bits);
        var decoder = Decoders.InProcess();
        for (var round = 0; round < Rounds; round++)
            await DecodeAsync(decoder, new AudioInput(Damage(file, random)));
    }

    [Fact]
    public async Task DecodeAsync_FlippedCharactersOfBase64_NeverEscapesItsContract()
    {
        var text = Encoding.ASCII.GetBytes(Convert.ToBase64String(new WavBuilder { Data = new byte[300] }.Build()));
        var random = new Random(64);
        var decoder = Decoders.InProcess();
        for (var round = 0; round < Rounds; round++)
            await DecodeAsync(decoder, new AudioInput(Damage(text, random), IsBase64: true));
    }

    [Fact]
    public async Task DecodeAsync_FlippedBytesOfOpusInWebm_NeverEscapesItsContract()
    {
        var random = new Random(1);
        var decoder = Decoders.InProcess();
        var files = Recordings().Select(packets => new WebmBuilder { Packets = packets }.Build()).ToArray();
        for (var round = 0; round < OpusRounds; round++)
            await DecodeAsync(decoder, new AudioInput(Damage(files[round % files.Length], random)));
    }

    // With checksums made right again, or no flip would get far.
    [Fact]
    public async Task DecodeAsync_FlippedBytesOfOpusInOgg_NeverEscapesItsContract()
    {
        var random = new Random(2);
        var decoder = Decoders.InProcess();
        var files = Recordings().Select(packets => new OggOpusBuilder { Packets = packets, SegmentsOnPage = 3 }.Build()).ToArray();
        for (var round = 0; round < OpusRounds; round++)
            await DecodeAsync(decoder, new AudioInput(OggOpusBuilder.Seal(Damage(files[round % files.Length], random))));
    }

    // Any bytes are a packet's if its first one says that they are a single frame, of any mode and length in any order.
    [Fact]
    public async Task DecodeAsync_RandomOpusPackets_NeverEscapesItsContract()
    {
        var random = new Random(3);
        var decoder = Decoders.InProcess();
        for (var round = 0; round < OpusRounds / 5; round++)
        {
            var packets = new byte[10][];
            for (var i = 0; i < packets.Length; i++)
            {
                packets[i] = new byte[random.Next(1, random.Next(2) == 0 ? 20 : 1_276)];
                random.NextBytes(packets[i]);
                packets[i][0] &= 0xFC;
            }

            using var audio = await decoder.DecodeAsync(new AudioInput(new WebmBuilder { Packets = packets }.Build()), TestContext.Current.CancellationToken);
            Assert.True(audio.Samples.Span.IndexOfAnyExceptInRange(-1f, 1f) < 0);
        }
    }

    private static byte[][][] Recordings() =>
    [
        new OpusRecorder { Mode = OpusMode.MODE_SILK_ONLY }.RecordTone(0.1),
        new OpusRecorder { Mode = OpusMode.MODE_HYBRID, Channels = 2 }.RecordTone(0.1),
        new OpusRecorder { Mode = OpusMode.MODE_CELT_ONLY, FrameMilliseconds = 10 }.RecordTone(0.1),
    ];

    // The header is 80 bytes: most flips go there.
    private static byte[] Damage(byte[] file, Random random)
    {
        var damaged = random.Next(4) == 0 ? file[..random.Next(file.Length)] : [.. file];
        for (var flip = random.Next(1, 4); flip > 0 && damaged.Length > 0; flip--)
            damaged[random.Next(random.Next(3) == 0 ? damaged.Length : Math.Min(80, damaged.Length))] ^= (byte)(1 << random.Next(8));
        return damaged;
    }

    private static async Task DecodeAsync(AudioDecoder decoder, AudioInput input)
    {
        try
        {
            using var audio = await decoder.DecodeAsync(input, TestContext.Current.CancellationToken);
            Assert.NotEqual(0, audio.Samples.Length);
            foreach (var sample in audio.Samples.Span)
                Assert.InRange(sample, -1f, 1f);
        }
        catch (EngineException e)
        {
            Assert.True(e.Kind == FailureKind.BadJob || e.Code == ErrorCode.EngineUnavailable, e.Message);
            Assert.NotEmpty(e.Message);
        }
    }
}
