using System.Runtime.InteropServices;
using VoiceWorker.Audio.Processes;
using VoiceWorker.Audio.Sniffing;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.IntegrationTests.Audio;

public sealed class EncodeTests
{
    private const double Seconds = 2;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AudioFormat.OggOpus, "ogg/opus")]
    [InlineData(AudioFormat.Wav, "wav")]
    [InlineData(AudioFormat.Mp3, "mp3")]
    [InlineData(AudioFormat.Flac, "flac")]
    public async Task EncodeAsync_EveryFormat_DecodesToTheSameTone(AudioFormat format, string name)
    {
        using var services = new AudioServices();

        var encoded = await services.Encoder.EncodeAsync(Tone(22_050), format, Cancel);

        Assert.Equal((format, name), (encoded.Format, AudioSniffer.Sniff(encoded.Data.Span).Container.Name));
        using var audio = await services.Decoder.DecodeAsync(new AudioInput(encoded.Data), Cancel);
        Assert.Equal(Seconds, audio.Duration.TotalSeconds, 0.12);
        Assert.Equal(440.0, CrossingsASecond(audio.Samples.Span[4_000..^4_000]), 5.0);
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(16_000)]
    [InlineData(24_000)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    public async Task EncodeAsync_OpusOfAnyRate_KeepsPitchAndLength(int sampleRate)
    {
        using var services = new AudioServices();

        var encoded = await services.Encoder.EncodeAsync(Tone(sampleRate), AudioFormat.OggOpus, Cancel);

        using var audio = await services.Decoder.DecodeAsync(new AudioInput(encoded.Data), Cancel);
        Assert.Equal(Seconds, audio.Duration.TotalSeconds, 0.12);
        Assert.Equal(440.0, CrossingsASecond(audio.Samples.Span[4_000..^4_000]), 5.0);
    }

    [Fact]
    public async Task EncodeAsync_OpusByFfmpeg_MakesTheSame()
    {
        using var services = new AudioServices(("Audio:OpusInProcess", "false"));

        var encoded = await services.Encoder.EncodeAsync(Tone(22_050), AudioFormat.OggOpus, Cancel);

        Assert.Equal("ogg/opus", AudioSniffer.Sniff(encoded.Data.Span).Container.Name);
        using var audio = await services.Decoder.DecodeAsync(new AudioInput(encoded.Data), Cancel);
        Assert.Equal(Seconds, audio.Duration.TotalSeconds, 0.12);
    }

    [Theory]
    [InlineData(22_050)]
    [InlineData(24_000)]
    [InlineData(44_100)]
    public async Task EncodeAsync_OpusInProcess_KeepsTheExactLengthAndTheTime(int sampleRate)
    {
        using var services = new AudioServices();
        var pcm = Tone(sampleRate).Pcm.ToArray();
        pcm.AsSpan(0, sampleRate).Clear(); // half a second, two bytes a sample

        var encoded = await services.Encoder.EncodeAsync(new Speech(pcm, sampleRate, "tone"), AudioFormat.OggOpus, Cancel);

        using var audio = await services.Decoder.DecodeAsync(new AudioInput(encoded.Data), Cancel);
        var samples = audio.Samples.ToArray();
        Assert.Equal(Seconds, audio.Duration.TotalSeconds, 0.001);
        Assert.Equal(0.5, Array.FindIndex(samples, sample => Math.Abs(sample) > 0.2) / 16_000.0, 0.005);
    }

    // ffmpeg's Ogg reader reports pages whose checksum or order is wrong, and then goes on.
    [Fact]
    public async Task EncodeAsync_OpusInProcess_IsFreeOfContainerErrors()
    {
        using var services = new AudioServices(("Audio:OpusBitrate", "256000"));
        var encoded = await services.Encoder.EncodeAsync(Tone(48_000), AudioFormat.OggOpus, Cancel);

        using var result = await new ChildProcessRunner(TimeProvider.System).RunAsync(
            new ChildProcessRequest("ffmpeg", ["-v", "warning", "-err_detect", "crccheck+explode", "-f", "ogg", "-i", "pipe:0", "-f", "null", "-"])
            {
                Input = [encoded.Data],
                Timeout = TimeSpan.FromSeconds(30),
                MaxOutputBytes = 1000,
            },
            Cancel);

        Assert.Equal((true, ""), (result.Succeeded, result.ErrorLine));
    }

    [Fact]
    public async Task EncodeAsync_Cancelled_Stops()
    {
        using var services = new AudioServices();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => services.Encoder.EncodeAsync(Tone(22_050), AudioFormat.OggOpus, new CancellationToken(true)).AsTask());
    }

    [Fact]
    public async Task EncodeAsync_OpusBitrate_DecidesOnTheSize()
    {
        using var low = new AudioServices(("Audio:OpusBitrate", "12000"));
        using var high = new AudioServices(("Audio:OpusBitrate", "64000"));

        var small = await low.Encoder.EncodeAsync(Tone(24_000), AudioFormat.OggOpus, Cancel);
        var large = await high.Encoder.EncodeAsync(Tone(24_000), AudioFormat.OggOpus, Cancel);

        Assert.InRange(small.Data.Length * 2, 0, large.Data.Length);
    }

    [Fact]
    public async Task EncodeAsync_NoSpeech_IsAnError()
    {
        using var services = new AudioServices();

        var failure = await Assert.ThrowsAsync<EngineException>(
            () => services.Encoder.EncodeAsync(new Speech(default, 22_050, "en-us"), AudioFormat.OggOpus, Cancel).AsTask());

        Assert.Equal(ErrorCode.EncodingFailed, failure.Code);
    }

    [Fact]
    public async Task CheckAsync_FfmpegMissing_SaysHowToGetIt()
    {
        using var services = new AudioServices(("Audio:FfmpegPath", "/nonexistent/ffmpeg"));

        var decoder = await services.Decoder.CheckAsync(Cancel);
        var encoder = await services.Encoder.CheckAsync(Cancel);

        Assert.False(decoder.Ready || encoder.Ready);
        Assert.Contains("apt-get install ffmpeg", decoder.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_FfmpegThere_NamesItsVersion()
    {
        using var services = new AudioServices();

        var decoder = await services.Decoder.CheckAsync(Cancel);
        var encoder = await services.Encoder.CheckAsync(Cancel);

        Assert.True(decoder.Ready && encoder.Ready, $"{decoder} {encoder}");
        Assert.StartsWith("ffmpeg version", decoder.Detail, StringComparison.Ordinal);
    }

    private static Speech Tone(int sampleRate)
    {
        var samples = Enumerable.Range(0, (int)(Seconds * sampleRate))
            .Select(i => (short)(16_000 * Math.Sin(2 * Math.PI * 440 * i / sampleRate)))
            .ToArray();
        return new Speech(MemoryMarshal.AsBytes(samples.AsSpan()).ToArray(), sampleRate, "tone");
    }

    private static double CrossingsASecond(ReadOnlySpan<float> samples)
    {
        var crossings = 0;
        for (var i = 1; i < samples.Length; i++)
            crossings += samples[i - 1] < 0 && samples[i] >= 0 ? 1 : 0;
        return crossings / (samples.Length / (double)DecodedAudio.SampleRate);
    }
}
