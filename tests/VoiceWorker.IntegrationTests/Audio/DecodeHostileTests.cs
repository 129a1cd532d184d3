using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.IntegrationTests.Audio;

[SupportedOSPlatform("linux")]
public sealed class DecodeHostileTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{0}\n#EXT-X-ENDLIST\n")]
    [InlineData("ffconcat version 1.0\nfile {0}\n")]
    [InlineData("<?xml version=\"1.0\"?>\n<MPD><Period><BaseURL>{0}</BaseURL></Period></MPD>")]
    public async Task DecodeAsync_Playlist_IsRefusedAndNothingConnects(string playlist)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var services = new AudioServices();
        var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, playlist, $"http://{listener.LocalEndpoint}/a.ts");

        var failure = await FailureAsync(services, System.Text.Encoding.ASCII.GetBytes(text));

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedAudio), (failure.Kind, failure.Code));
        Assert.Contains("playlist", failure.Message, StringComparison.Ordinal);
        Assert.False(listener.Pending());
    }

    // The sniffer would stop these; ffmpeg must, too, should a header ever deceive it.
    [Theory]
    [InlineData("OggS")]
    [InlineData("fLaC")]
    [InlineData("\0\0\0\u0018ftypM4A \0\0\0\0M4A mp42")]
    public async Task DecodeAsync_PlaylistBehindAGoodMagic_IsAnErrorOfTheForcedDemuxer(string magic)
    {
        using var services = new AudioServices();
        var file = System.Text.Encoding.Latin1.GetBytes($"{magic}\n#EXTM3U\n#EXTINF:1,\n/etc/hostname\n#EXT-X-ENDLIST\n".PadRight(2_000));

        var failure = await FailureAsync(services, file);

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedAudio), (failure.Kind, failure.Code));
    }

    [Theory]
    [InlineData("flac", "-c:a flac")]
    [InlineData("mp3", "-c:a libmp3lame -b:a 8k -ar 8000")]
    [InlineData("ogg", "-c:a libopus -b:a 6k")]
    public async Task DecodeAsync_TwentyMinutesOfSilenceInASmallFile_IsTooLong(string extension, string codec)
    {
        using var services = new AudioServices(("Audio:MaxDuration", "00:01:00"));
        var bomb = await Ffmpeg.MakeAsync(extension, $"-f lavfi -i anullsrc=r=8000:cl=mono -t 1200 {codec}");

        var failure = await FailureAsync(services, bomb);

        Assert.Equal((FailureKind.BadJob, ErrorCode.AudioTooLong), (failure.Kind, failure.Code));
        Assert.Contains("60 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DecodeAsync_JustWithinTheLimit_IsDecoded()
    {
        using var services = new AudioServices(("Audio:MaxDuration", "00:00:03"));
        var file = await Ffmpeg.MakeAsync("flac", $"{Ffmpeg.Tone(3, 16_000)}");

        using var audio = await services.Decoder.DecodeAsync(new AudioInput(file), Cancel);

        Assert.Equal(48_000, audio.Samples.Length);
    }

    [Fact]
    public async Task DecodeAsync_VideoWithoutSound_SaysSo()
    {
        using var services = new AudioServices();
        var file = await Ffmpeg.MakeAsync("mp4", "-f lavfi -i testsrc=d=1:s=64x64 -c:v libx264");

        var failure = await FailureAsync(services, file);

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedAudio), (failure.Kind, failure.Code));
    }

    [Fact]
    public async Task DecodeAsync_TwentyFourStreams_GivesTheFirst()
    {
        using var services = new AudioServices();
        var maps = string.Join(' ', Enumerable.Repeat("-map 0:a", 24));
        var file = await Ffmpeg.MakeAsync("mka", $"{Ffmpeg.Tone(1, 16_000)} {maps} -c:a libopus");

        using var audio = await services.Decoder.DecodeAsync(new AudioInput(file), Cancel);

        Assert.Equal(1.0, audio.Duration.TotalSeconds, 0.05);
    }

    [Theory]
    [InlineData("ogg", "-c:a libopus")]
    [InlineData("mp3", "-c:a libmp3lame")]
    [InlineData("webm", "-c:a libopus")]
    [InlineData("flac", "-c:a flac")]
    [InlineData("m4a", "-c:a aac")]
    public async Task DecodeAsync_TruncatedOrDamaged_GivesSamplesOrABadJob(string extension, string codec)
    {
        using var services = new AudioServices();
        var file = await Ffmpeg.MakeAsync(extension, $"{Ffmpeg.Tone(2)} {codec}");
        var random = new Random(11);
        for (var round = 0; round < 8; round++)
        {
            var damaged = round % 2 == 0 ? file[..random.Next(1, file.Length)] : [.. file];
            for (var flip = 0; round % 2 == 1 && flip < 20; flip++)
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));

            try
            {
                using var audio = await services.Decoder.DecodeAsync(new AudioInput(damaged), Cancel);
                Assert.All(audio.Samples.ToArray(), sample => Assert.InRange(sample, -1, 1));
            }
            catch (EngineException e)
            {
                Assert.Equal(FailureKind.BadJob, e.Kind);
            }
        }
    }

    [Fact]
    public async Task DecodeAsync_FfmpegHangs_IsATransientTimeout()
    {
        using var ffmpeg = new Script("read -N 1; mkdir $FOLDER/pid.$$; exec sleep 600");
        using var services = new AudioServices(("Audio:FfmpegPath", ffmpeg.Path), ("Audio:ProcessTimeout", "00:00:01"));

        var failure = await FailureAsync(services, "fLaC............"u8.ToArray());

        Assert.Equal((FailureKind.Transient, ErrorCode.StageTimeout), (failure.Kind, failure.Code));
        await Script.EndedAsync(await ffmpeg.ProcessIdAsync("pid", Cancel), Cancel);
    }

    [Fact]
    public async Task DecodeAsync_EndedForItsProcessorTime_IsABadJob()
    {
        using var ffmpeg = new Script("read -N 1; kill -XCPU $$");
        using var services = new AudioServices(("Audio:FfmpegPath", ffmpeg.Path));

        var failure = await FailureAsync(services, "fLaC............"u8.ToArray());

        Assert.Equal((FailureKind.BadJob, ErrorCode.InputTooLarge), (failure.Kind, failure.Code));
    }

    [Fact]
    public async Task DecodeAsync_FfmpegFloodsItsOutput_IsTooLong()
    {
        using var ffmpeg = new Script("read -N 1; mkdir $FOLDER/pid.$$; exec cat /dev/zero");
        using var services = new AudioServices(("Audio:FfmpegPath", ffmpeg.Path), ("Audio:MaxDuration", "00:00:10"));

        var failure = await FailureAsync(services, "fLaC............"u8.ToArray());

        Assert.Equal(ErrorCode.AudioTooLong, failure.Code);
        await Script.EndedAsync(await ffmpeg.ProcessIdAsync("pid", Cancel), Cancel);
    }

    [Fact]
    public async Task DecodeAsync_FfmpegCrashes_IsTransient()
    {
        using var ffmpeg = new Script("read -N 1; kill -SEGV $$");
        using var services = new AudioServices(("Audio:FfmpegPath", ffmpeg.Path));

        var failure = await FailureAsync(services, "fLaC............"u8.ToArray());

        Assert.Equal(FailureKind.Transient, failure.Kind);
        Assert.Contains("signal 11", failure.Message, StringComparison.Ordinal);
    }

    // 24 times what speech needs, from a small file.
    [Theory]
    [InlineData("flac", "-ar 384000 -c:a flac")]
    [InlineData("wav", "-ar 384000 -c:a adpcm_ms")]
    [InlineData("m4a", "-ar 384000 -c:a alac")]
    [InlineData("caf", "-ar 384000 -c:a pcm_s16be")]
    [InlineData("mka", "-ar 3999 -c:a pcm_s16le")]
    [InlineData("mka", "-ar 192010 -c:a flac")]
    public async Task DecodeAsync_SampleRateOutOfBounds_IsRefused(string extension, string codec)
    {
        using var services = new AudioServices();
        var file = await Ffmpeg.MakeAsync(extension, $"-f lavfi -i anullsrc=r=48000:cl=mono -t 2 {codec}");

        var failure = await FailureAsync(services, file);

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedAudio), (failure.Kind, failure.Code));
        Assert.Contains("sample rate", failure.Message, StringComparison.Ordinal);
        Assert.Contains("accepted are 4000 to 192000 Hz", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aiff", "9", "-c:a pcm_s16be")]
    [InlineData("mka", "16", "-c:a pcm_s16le")]
    [InlineData("caf", "12", "-c:a pcm_s16le")]
    public async Task DecodeAsync_TooManyChannels_IsRefused(string extension, string channels, string codec)
    {
        using var services = new AudioServices();
        var file = await Ffmpeg.MakeAsync(extension, $"-f lavfi -i aevalsrc={string.Join('|', Enumerable.Repeat("0", int.Parse(channels, System.Globalization.CultureInfo.InvariantCulture)))}:d=2 {codec}");

        var failure = await FailureAsync(services, file);

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedAudio), (failure.Kind, failure.Code));
        Assert.Contains($"has {channels} channels; accepted are 1 to 8", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DecodeAsync_AtTheLimitsOfRateAndChannels_IsDecoded()
    {
        using var services = new AudioServices();
        var file = await Ffmpeg.MakeAsync("flac", $"{Ffmpeg.Tone(1, 192_000)} -ac 8 -c:a flac");

        using var audio = await services.Decoder.DecodeAsync(new AudioInput(file), Cancel);

        Assert.Equal(16_000, audio.Samples.Length);
    }

    [Fact]
    public async Task DecodeAsync_Cancelled_KillsFfmpeg()
    {
        using var ffmpeg = new Script("mkdir $FOLDER/pid.$$; exec sleep 600");
        using var services = new AudioServices(("Audio:FfmpegPath", ffmpeg.Path));
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var decoding = services.Decoder.DecodeAsync(new AudioInput("fLaC............"u8.ToArray()), cancellation.Token).AsTask();
        var processId = await ffmpeg.ProcessIdAsync("pid", Cancel);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => decoding);
        await Script.EndedAsync(processId, Cancel);
    }

    private static async Task<EngineException> FailureAsync(AudioServices services, byte[] file) =>
        await Assert.ThrowsAsync<EngineException>(() => services.Decoder.DecodeAsync(new AudioInput(file), Cancel).AsTask());
}
