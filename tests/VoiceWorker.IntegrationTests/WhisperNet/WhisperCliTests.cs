using CliWrap;
using CliWrap.Buffered;
using VoiceWorker.Core.Jobs;
using VoiceWorker.IntegrationTests.Whisper;

namespace VoiceWorker.IntegrationTests.WhisperNet;

/// <summary>
/// The same file, the same text as whisper.cpp's own program, greedy and without fallback. Runs where
/// <c>VOICEWORKER_WHISPER_CLI</c> names a whisper-cli of the version that Whisper.net was built with.
/// </summary>
public sealed class WhisperCliTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceworker-whisper-cli-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task RecognizeAsync_GreedyWithoutFallback_IsWhatWhisperCliWrites()
    {
        var program = Environment.GetEnvironmentVariable("VOICEWORKER_WHISPER_CLI");
        Assert.SkipUnless(File.Exists(program), "VOICEWORKER_WHISPER_CLI names no whisper-cli");
        await using var services = DemoModel.Start(("MaxFallbacks", "0"));
        var differences = new List<string>();

        foreach (var (language, text) in Spoken.Sentences)
        {
            var samples = await Spoken.SayAsync(language, text);
            using var audio = Spoken.ToAudio(samples);
            var ours = (await services.Recognizer().RecognizeAsync(audio, language, Token)).Text;
            var theirs = await WhisperCliAsync(program!, samples, language, "-bs", "1", "-fa");
            if (ours != theirs)
                differences.Add($"{language} '{text}': '{ours}' is not '{theirs}'");
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    // whisper.cpp draws a beam's candidates by chance (whisper_sample_token_topk), so its texts need not be the likeliest.
    [Fact]
    public async Task RecognizeAsync_BeamSearchOfOnnx_MostlyAgreesWithWhisperCli()
    {
        var program = Environment.GetEnvironmentVariable("VOICEWORKER_WHISPER_CLI");
        Assert.SkipUnless(File.Exists(program), "VOICEWORKER_WHISPER_CLI names no whisper-cli");
        await using var onnx = new OnnxEngine(("BeamSize", "5"), ("MaxFallbacks", "0"));
        var differences = new List<string>();

        foreach (var (language, text) in Spoken.Sentences)
        {
            var samples = await Spoken.SayAsync(language, text);
            using var audio = Spoken.ToAudio(samples);
            var ours = (await onnx.Recognizer.RecognizeAsync(audio, language, Token)).Text;
            var theirs = await WhisperCliAsync(program!, samples, language, "-bs", "5", "-nfa");
            if (ours != theirs)
                differences.Add($"{language} '{text}': '{ours}' is not '{theirs}'");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{Spoken.Sentences.Count - differences.Count} of {Spoken.Sentences.Count} agree.\n{string.Join('\n', differences)}");
        Assert.True(differences.Count <= Spoken.Sentences.Count / 4, string.Join('\n', differences));
    }

    private async Task<string> WhisperCliAsync(string program, float[] samples, string language, params string[] decoding)
    {
        var file = Path.Combine(_folder.FullName, "speech.wav");
        await File.WriteAllBytesAsync(file, ToWav(samples), Token);
        var result = await Cli.Wrap(program)
            .WithArguments(["-m", DemoModel.File, "-f", file, "-l", language, "-t", "1", "-bo", "1", "-nf", "-np", "-mc", "0", .. decoding])
            .ExecuteBufferedAsync(Token);
        // [00:00:00.000 --> 00:00:01.520]   where is the hospital
        var segments = result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[(line.IndexOf(']') + 1)..].Trim());
        return string.Join(' ', segments);
    }

    private static byte[] ToWav(float[] samples)
    {
        using var wav = new MemoryStream();
        using var writer = new BinaryWriter(wav);
        writer.Write("RIFF"u8);
        writer.Write(36 + (2 * samples.Length));
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(DecodedAudio.SampleRate);
        writer.Write(2 * DecodedAudio.SampleRate);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(2 * samples.Length);
        foreach (var sample in samples)
            writer.Write((short)(sample * 32768));
        return wav.ToArray();
    }
}
