using System.Text;
using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.Audio;

namespace VoiceWorker.UnitTests.Audio;

/// <summary>Whatever arrives: samples in bounds, a bad job with a message, or a file that is left to ffmpeg (which is missing here).</summary>
public sealed class DecoderFuzzTests
{
    private const int Rounds = 2_000;

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
