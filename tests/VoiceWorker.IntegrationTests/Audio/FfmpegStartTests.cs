using System.Runtime.Versioning;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.IntegrationTests.Audio;

/// <summary>A program that fails before it has seen a job's data: the engine is down, and no job is to blame.</summary>
[SupportedOSPlatform("linux")]
public sealed class FfmpegStartTests
{
    private static readonly byte[] Flac = [.. "fLaC"u8, .. new byte[200_000]];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // What a shell, unshare, the loader and the kernel do.
    [Theory]
    [InlineData("echo \"ffmpeg: error while loading shared libraries: libavdevice.so.59: cannot open shared object file\" >&2; exit 127", "read anything: ffmpeg: error while loading")]
    [InlineData("echo \"unshare: failed to execute ffmpeg: Permission denied\" >&2; exit 126", "exit code 126")]
    [InlineData("echo \"unshare: unshare failed: Operation not permitted\" >&2; exit 1", "read anything: unshare: unshare failed")]
    [InlineData("echo \"Unrecognized option 'format_whitelist'.\" >&2; exit 1", "Unrecognized option")]
    [InlineData("kill -KILL $$", "signal 9")]
    [InlineData("kill -SYS $$", "signal 31")]
    [InlineData("exit 0", "exit code 0")]
    [InlineData("exec cat /dev/zero", "wrote without end")]
    public async Task DecodeAndEncode_ProgramThatReadsNothing_IsAnEngineThatIsDown(string script, string words)
    {
        using var ffmpeg = new Script(script);
        using var services = new AudioServices(("Audio:FfmpegPath", ffmpeg.Path));

        foreach (var failure in new[] { await DecodingFailureAsync(services, Flac), await DecodingFailureAsync(services, Flac[..100]), await EncodingFailureAsync(services) })
        {
            Assert.Equal((FailureKind.EngineDown, ErrorCode.EngineUnavailable), (failure.Kind, failure.Code));
            Assert.Contains(words, failure.Message, StringComparison.Ordinal);
            Assert.Contains("apt-get install ffmpeg", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/nonexistent/ffmpeg")]
    [InlineData("/etc/hostname")]
    [InlineData("/etc")]
    public async Task DecodeAsync_NoProgram_IsAnEngineThatIsDown(string path)
    {
        using var services = new AudioServices(("Audio:FfmpegPath", path));

        var failure = await DecodingFailureAsync(services, Flac);

        Assert.Equal((FailureKind.EngineDown, ErrorCode.EngineUnavailable), (failure.Kind, failure.Code));
    }

    [Fact]
    public async Task DecodeAsync_ProgramThatHangsBeforeItReads_IsAnEngineThatIsDown()
    {
        using var ffmpeg = new Script("exec sleep 600");
        using var services = new AudioServices(("Audio:FfmpegPath", ffmpeg.Path), ("Audio:ProcessTimeout", "00:00:01"));

        Assert.Equal(FailureKind.EngineDown, (await DecodingFailureAsync(services, Flac)).Kind);
    }

    [Theory]
    [InlineData("read -N 1; exit 1", FailureKind.BadJob)]
    [InlineData("read -N 1; exit 127", FailureKind.BadJob)]
    [InlineData("head -c 100000 >/dev/null; exit 1", FailureKind.BadJob)]
    [InlineData("read -N 1; kill -KILL $$", FailureKind.Transient)]
    public async Task DecodeAsync_ProgramThatFailsBehindTheFirstByte_IsNotDown(string script, FailureKind kind)
    {
        using var ffmpeg = new Script(script);
        using var services = new AudioServices(("Audio:FfmpegPath", ffmpeg.Path));

        Assert.Equal(kind, (await DecodingFailureAsync(services, Flac)).Kind);
        Assert.Equal(kind, (await DecodingFailureAsync(services, Flac[..100_100])).Kind);
    }

    // Readiness and the circuit's probe must not go by what ffmpeg could do once.
    [Fact]
    public async Task CheckAsync_BreaksAndIsMended_SaysSoEachTime()
    {
        using var program = new Script("[ -d $FOLDER/broken ] && exit 127; exec ffmpeg \"$@\"");
        using var services = new AudioServices(("Audio:FfmpegPath", program.Path));
        var broken = Path.Combine(Path.GetDirectoryName(program.Path)!, "broken");
        var sample = await File.ReadAllBytesAsync(Samples.Path("en-2.mp3"), Cancel);

        var before = await services.Decoder.CheckAsync(Cancel);
        Directory.CreateDirectory(broken);
        var failure = await DecodingFailureAsync(services, sample);
        var meanwhile = await services.Decoder.CheckAsync(Cancel);
        Directory.Delete(broken);
        var afterwards = await services.Decoder.CheckAsync(Cancel);
        using var audio = await services.Decoder.DecodeAsync(new AudioInput(sample), Cancel);

        Assert.Equal((true, FailureKind.EngineDown, false, true), (before.Ready, failure.Kind, meanwhile.Ready, afterwards.Ready));
        Assert.Contains("exit code 127", meanwhile.Detail, StringComparison.Ordinal);
        Assert.NotEqual(0, audio.Samples.Length);
    }

    // It answers every question, but does not understand a job's command line.
    [Fact]
    public async Task CheckAsync_OnlyJobsFail_IsNotReady()
    {
        using var program = new Script("case \"$*\" in *pipe:*) echo \"Option not found\" >&2; exit 1;; *) exec ffmpeg \"$@\";; esac");
        using var services = new AudioServices(("Audio:FfmpegPath", program.Path));

        var status = await services.Decoder.CheckAsync(Cancel);

        Assert.False(status.Ready);
        Assert.Contains("Option not found", status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 127")]
    [InlineData("kill -KILL $$")]
    public async Task SynthesizeAsync_ProgramThatReadsNothing_IsAnEngineThatIsDown(string script)
    {
        using var never = new Script(script);
        using var laterOn = new Script($"case \"$*\" in *--stdin*) {script};; *) exec espeak-ng \"$@\";; esac");
        foreach (var path in new[] { never.Path, laterOn.Path })
        {
            using var services = new AudioServices(("Tts:EspeakNg:Path", path));

            var failure = await Assert.ThrowsAsync<EngineException>(() => services.Synthesizer.SynthesizeAsync("hello", "en", null, null, Cancel).AsTask());

            Assert.Equal((FailureKind.EngineDown, ErrorCode.EngineUnavailable), (failure.Kind, failure.Code));
        }
    }

    private static async Task<EngineException> DecodingFailureAsync(AudioServices services, byte[] file) =>
        await Assert.ThrowsAsync<EngineException>(() => services.Decoder.DecodeAsync(new AudioInput(file), Cancel).AsTask());

    private static async Task<EngineException> EncodingFailureAsync(AudioServices services) =>
        await Assert.ThrowsAsync<EngineException>(() => services.Encoder.EncodeAsync(new Speech(new byte[100_000], 16_000, "en"), AudioFormat.Mp3, Cancel).AsTask());
}
