using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.IntegrationTests.Audio;

/// <summary>
/// Opus decoded in process against ffmpeg, on files as ffmpeg and browsers write them: as long as with ffmpeg's own decoder,
/// and the sound of libopus (RFC 6716's reference), from which ffmpeg's own lies two samples at 48 kHz apart.
/// </summary>
public sealed class OpusAgainstFfmpegTests
{
    private const string Stereo = "-af pan=stereo|c0=c0|c1=-0.4*c0";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ogg", "-ar 48000")]
    [InlineData("ogg", "-ar 24000 -application voip -b:a 24k")]
    [InlineData("ogg", "-ar 16000 -application voip -b:a 16k -frame_duration 60")]
    [InlineData("ogg", "-ar 16000 -application voip -b:a 16k -frame_duration 40 -fec 1 -packet_loss 20")]
    [InlineData("ogg", "-ar 8000 -application voip -b:a 8k")]
    [InlineData("ogg", "-application lowdelay -frame_duration 2.5 -b:a 64k")]
    [InlineData("ogg", "-application lowdelay -frame_duration 5 -b:a 96k")]
    [InlineData("ogg", "-application audio -frame_duration 10 -b:a 160k -vbr off")]
    [InlineData("ogg", Stereo + " -b:a 96k")]
    [InlineData("ogg", Stereo + " -application voip -b:a 24k")]
    [InlineData("ogg", "-b:a 256k -page_duration 20000")]
    [InlineData("webm", "")]
    [InlineData("webm", "-live 1")]
    [InlineData("webm", "-cluster_time_limit 100 -application voip -b:a 20k")]
    [InlineData("webm", Stereo + " -live 1 -b:a 64k")]
    [InlineData("mka", "-frame_duration 20")]
    public async Task DecodeAsync_Speech_IsWhatFfmpegMakesOfIt(string extension, string options) =>
        await AssertSameAsync(await SpeechAsync(extension, options));

    // Bytes 10 and 11 of the header are the pre-skip, 16 and 17 the gain: RFC 7845, section 5.1. WebM has no checksum to mend.
    [Theory]
    [InlineData(10, 0x00, 0x00)]
    [InlineData(10, 0x00, 0x0F)]
    [InlineData(16, 0x00, 0xFA)]
    [InlineData(16, 0x00, 0x03)]
    public async Task DecodeAsync_OtherPreSkipOrGain_IsWhatFfmpegMakesOfIt(int field, byte low, byte high)
    {
        var file = await SpeechAsync("webm", "");
        var head = file.AsSpan().IndexOf("OpusHead"u8);
        (file[head + field], file[head + field + 1]) = (low, high);

        await AssertSameAsync(file);
    }

    [Theory]
    [InlineData("en-3.ogg")]
    [InlineData("es-1.webm")]
    public async Task DecodeAsync_SampleFile_IsWhatFfmpegMakesOfIt(string name) =>
        await AssertSameAsync(await File.ReadAllBytesAsync(Samples.Path(name), Cancel));

    // Six channels, and streams that follow each other in one file.
    [Fact]
    public async Task DecodeAsync_SurroundOrChained_IsDecodedByFfmpeg()
    {
        var surround = await SpeechAsync("ogg", "-ac 6");
        var single = await SpeechAsync("ogg", "");
        using var services = new AudioServices();
        using var expected = await services.Decoder.DecodeAsync(new AudioInput(single), Cancel);

        using var six = await services.Decoder.DecodeAsync(new AudioInput(surround), Cancel);
        using var twice = await services.Decoder.DecodeAsync(new AudioInput((byte[])[.. single, .. await SpeechAsync("ogg", "-serial_offset 5")]), Cancel);

        Assert.Equal(expected.Samples.Length, six.Samples.Length, 16.0);
        Assert.Equal(2 * expected.Samples.Length, twice.Samples.Length, 16.0);
    }

    private static async Task<byte[]> SpeechAsync(string extension, string options) =>
        await Ffmpeg.MakeAsync(extension, $"-i @0 -c:a libopus {options}", await File.ReadAllBytesAsync(Samples.Path("en-1.wav"), Cancel));

    private static async Task AssertSameAsync(byte[] file)
    {
        using var byFfmpeg = new AudioServices(("Audio:OpusInProcess", "false"));
        using var inProcess = new AudioServices(("Audio:FfmpegPath", "/nonexistent/ffmpeg"));
        using var expected = await byFfmpeg.Decoder.DecodeAsync(new AudioInput(file), Cancel);

        using var audio = await inProcess.Decoder.DecodeAsync(new AudioInput(file), Cancel);

        var reference = MemoryMarshal.Cast<byte, short>(await Ffmpeg.MakeAsync("pcm", "-c:a libopus -i @0 -ac 1 -ar 16000 -f s16le", file)).ToArray();
        Assert.Equal(expected.SourceFormat, audio.SourceFormat);
        Assert.Equal(expected.Samples.Length, audio.Samples.Length, 2.0);
        Assert.Equal(reference.Length, audio.Samples.Length, 2.0);
        var length = Math.Min(reference.Length, audio.Samples.Length);
        float[] a = [.. reference.Take(length).Select(sample => sample / 32_768f)];
        var b = audio.Samples[..length];
        var (normA, normB) = (TensorPrimitives.Norm<float>(a), TensorPrimitives.Norm<float>(b.Span));
        Assert.InRange(TensorPrimitives.Dot<float>(a, b.Span) / (normA * normB), 0.995f, 1.001f);
        Assert.Equal(1.0, normB / normA, 0.05);
    }
}
