using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;

namespace VoiceWorker.IntegrationTests.Audio;

/// <summary>What some recorders do, beside what the yardstick makes.</summary>
public sealed class DecodeFormatTests
{
    private const double Seconds = 3;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DecodeAsync_Id3TagWithAPicture_IsSkipped()
    {
        using var services = new AudioServices();
        var mp3 = await Ffmpeg.MakeAsync("mp3", $"{Ffmpeg.Tone(Seconds)} -id3v2_version 0 -c:a libmp3lame");
        byte[] tag = [.. "ID3"u8, 4, 0, 0, 0, 2, 0, 0, .. new byte[0x8000]];

        using var audio = await services.Decoder.DecodeAsync(new AudioInput((byte[])[.. tag, .. mp3]), Cancel);

        Assert.Equal("mp3", audio.SourceFormat);
        AssertIsTheTone(audio, Seconds);
    }

    // QuickTime's recorders write no ftyp, and put what they know at the start last.
    [Theory]
    [InlineData("mov", "-c:a pcm_s16le")]
    [InlineData("mov", "-c:a aac")]
    [InlineData("mov", "-c:a aac -movflags +faststart")]
    public async Task DecodeAsync_QuickTimeWithoutFtyp_IsDecoded(string extension, string codec)
    {
        using var services = new AudioServices();
        var file = await Ffmpeg.MakeAsync(extension, $"{Ffmpeg.Tone(Seconds)} {codec}");
        var ftyp = file.AsSpan(4).StartsWith("ftyp"u8) ? file[3] : 0;
        "free"u8.CopyTo(file.AsSpan(4));
        Assert.NotEqual(0, ftyp);

        using var audio = await services.Decoder.DecodeAsync(new AudioInput(file), Cancel);

        Assert.Equal("mp4", audio.SourceFormat);
        AssertIsTheTone(audio, Seconds);
    }

    // The left channel inverted. Joint stereo has it in the side signal, the centre is silence.
    [Theory]
    [InlineData("flac", "-c:a flac")]
    [InlineData("m4a", "-c:a aac -b:a 128k")]
    [InlineData("mp3", "-c:a libmp3lame -b:a 128k")]
    [InlineData("webm", "-c:a libvorbis -b:a 128k")]
    [InlineData("ogg", "-c:a libopus -b:a 96k")]
    [InlineData("wav", "-c:a adpcm_ms")]
    [InlineData("wav", "-c:a pcm_s16le")]
    public async Task DecodeAsync_OneChannelInverted_IsOneOfThem(string extension, string codec)
    {
        foreach (var inProcess in new[] { "true", "false" })
        {
            using var services = new AudioServices(("Audio:OpusInProcess", inProcess));
            var file = await Ffmpeg.MakeAsync(extension, $"{Ffmpeg.Tone(Seconds)} -af pan=stereo|c0=-1*c0|c1=c0 {codec}");

            using var audio = await services.Decoder.DecodeAsync(new AudioInput(file), Cancel);

            AssertIsTheTone(audio, Seconds);
        }
    }

    // Beyond stereo ffmpeg would weigh channels by the places of loudspeakers, and drop the fourth.
    [Theory]
    [InlineData("c0=0*c0|c1=0*c0|c2=0*c0|c3=6*c0|c4=0*c0|c5=0*c0")]
    [InlineData("c0=c0|c1=-1*c0|c2=c0|c3=-1*c0|c4=c0|c5=-1*c0")]
    public async Task DecodeAsync_SixChannels_NoneIsLost(string channels)
    {
        using var services = new AudioServices();
        var file = await Ffmpeg.MakeAsync("flac", $"-f lavfi -i aevalsrc=0.08*sin(2*PI*440*t):s=48000:d={Seconds} -af pan=5.1|{channels} -c:a flac");

        using var audio = await services.Decoder.DecodeAsync(new AudioInput(file), Cancel);

        Assert.Equal(Seconds, audio.Duration.TotalSeconds, 0.01);
        Assert.Equal(0.08, Math.Sqrt(2 * audio.Samples.ToArray().Skip(8_000).Average(sample => sample * sample)), 0.01);
    }

    [Theory]
    [InlineData("mp4", "libx264")]
    [InlineData("webm", "libvpx")]
    public async Task DecodeAsync_Video_GivesItsSound(string extension, string codec)
    {
        using var services = new AudioServices();
        var audioCodec = extension == "mp4" ? "aac" : "libopus";
        var file = await Ffmpeg.MakeAsync(extension, $"-f lavfi -i testsrc=d=3:s=320x240 {Ffmpeg.Tone(Seconds)} -c:v {codec} -c:a {audioCodec}");

        using var audio = await services.Decoder.DecodeAsync(new AudioInput(file), Cancel);

        AssertIsTheTone(audio, Seconds);
    }

    // Small files pass through ffmpeg's own buffer even when their index comes last; this one does not fit.
    [Fact]
    public async Task DecodeAsync_LongM4aWithTheIndexAtTheEnd_IsDecoded()
    {
        using var services = new AudioServices();
        var file = await Ffmpeg.MakeAsync("m4a", "-f lavfi -i anoisesrc=d=20:r=48000:a=0.3 -c:a aac -b:a 192k");
        Assert.InRange(file.Length, 300_000, int.MaxValue);
        Assert.True(file.AsSpan().IndexOf("moov"u8) > 300_000);

        using var audio = await services.Decoder.DecodeAsync(new AudioInput(file), Cancel);

        Assert.Equal(20.0, audio.Duration.TotalSeconds, 0.1);
    }

    // ffmpeg has no AMR encoder here, but every bit pattern is a valid frame: RFC 4867 sections 5.3 and 5.1.
    [Theory]
    [InlineData("#!AMR\n", 0x3C, 31, "amr")]
    [InlineData("#!AMR-WB\n", 0x14, 32, "amr-wb")]
    public async Task DecodeAsync_Amr_GivesTwentyMillisecondsAFrame(string magic, byte header, int frameBytes, string name)
    {
        using var services = new AudioServices();

        using var audio = await services.Decoder.DecodeAsync(new AudioInput(AmrFile(magic, header, frameBytes, frames: 50)), Cancel);

        Assert.Equal(name, audio.SourceFormat);
        Assert.Equal(1.0, audio.Duration.TotalSeconds, 0.03);
    }

    [Fact]
    public async Task DecodeAsync_AmrIn3gpWithTheIndexAtTheEnd_IsDecoded()
    {
        using var services = new AudioServices();
        var file = await Ffmpeg.MakeAsync("3gp", "-f amr -i @0 -c copy", AmrFile("#!AMR\n", 0x3C, 31, frames: 3_000));

        using var audio = await services.Decoder.DecodeAsync(new AudioInput(file), Cancel);

        Assert.Equal(60.0, audio.Duration.TotalSeconds, 0.1);
    }

    [Theory]
    [InlineData("en-1.wav", 1.59)]
    [InlineData("en-2.mp3", 1.7)]
    [InlineData("en-3.ogg", 1.87)]
    [InlineData("es-1.webm", 1.71)]
    [InlineData("es-2.m4a", 1.72)]
    [InlineData("es-3.flac", 2.14)]
    public async Task DecodeAsync_SampleFile_HasItsLength(string name, double seconds)
    {
        using var services = new AudioServices();
        var file = await File.ReadAllBytesAsync(Samples.Path(name), Cancel);

        using var audio = await services.Decoder.DecodeAsync(new AudioInput(file), Cancel);

        Assert.Equal(seconds, audio.Duration.TotalSeconds, 0.1);
    }

    private static byte[] AmrFile(string magic, byte header, int frameBytes, int frames)
    {
        var random = new Random(7);
        var file = new List<byte>(System.Text.Encoding.ASCII.GetBytes(magic));
        for (var i = 0; i < frames; i++)
        {
            var frame = new byte[frameBytes + 1];
            random.NextBytes(frame);
            frame[0] = header;
            file.AddRange(frame.Take(magic.Contains("WB", StringComparison.Ordinal) ? 33 : 32));
        }

        return [.. file];
    }

    private static void AssertIsTheTone(DecodedAudio audio, double seconds)
    {
        Assert.Equal(seconds, audio.Duration.TotalSeconds, 0.15);
        var middle = audio.Samples.Span[8_000..^8_000];
        var crossings = 0;
        double energy = 0;
        for (var i = 1; i < middle.Length; i++)
        {
            crossings += middle[i - 1] < 0 && middle[i] >= 0 ? 1 : 0;
            energy += (double)middle[i] * middle[i];
        }

        Assert.Equal(440.0, crossings / (middle.Length / 16_000.0), 5.0);
        Assert.Equal(0.5 / Math.Sqrt(2), Math.Sqrt(energy / middle.Length), 0.05);
    }
}
