using System.Globalization;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.IntegrationTests.Deploy;

namespace VoiceWorker.IntegrationTests.Audio.Yardstick;

/// <summary>
/// Whatever ffmpeg, called as anyone calls it, makes of a recording, the worker makes of it, too. Several hundred
/// recordings, other ones with each seed: VOICEWORKER_TEST_YARDSTICK=1000 tries so many seeds.
/// </summary>
public sealed class YardstickTests
{
    private static readonly int Seeds = int.Parse(Environment.GetEnvironmentVariable("VOICEWORKER_TEST_YARDSTICK") ?? "1", CultureInfo.InvariantCulture);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DecodeAsync_EveryFormat_IsWhatFfmpegMakesOfIt()
    {
        for (var seed = 1; seed <= Seeds; seed++)
            await CompareAsync(seed, (folder, random) => YardstickSet.EncodeAsync(folder, random, Codec.All));
    }

    [Fact]
    public async Task DecodeAsync_WavHeadersOfEveryKind_AreWhatFfmpegMakesOfThem()
    {
        for (var seed = 1; seed <= Seeds; seed++)
            await CompareAsync(seed, (_, random) => Task.FromResult(WavHeaders.Make(random, count: 150)));
    }

    [Fact]
    public async Task DecodeAsync_FilesOfEveryKindDamagedOrCut_AreWhatFfmpegMakesOfThem()
    {
        for (var seed = 1; seed <= Seeds; seed++)
            await CompareAsync(seed, async (folder, random) => FileDamage.Make(await YardstickSet.EncodeAsync(folder, random, FileDamage.Files), random, count: 60));
    }

    private static async Task CompareAsync(int seed, Func<string, Random, Task<List<Recording>>> make)
    {
        using var folder = new TemporaryFolder();
        var recordings = await make(folder.FullName, new Random(seed));
        var expected = await new FfmpegBatch(folder.FullName).DecodeAsync(recordings);
        using var services = new AudioServices();
        var differences = new string?[recordings.Count];
        await Parallel.ForAsync(0, recordings.Count, Cancel, async (index, cancellationToken) =>
            differences[index] = await DifferenceAsync(services.Decoder, recordings[index], expected[index], cancellationToken));

        string[] found = [.. recordings.Zip(differences).Where(pair => pair.Second is not null).Select(pair => $"{pair.First.Name}: {pair.Second}")];
        Assert.True(found.Length == 0, $"Seed {seed}, {found.Length} of {recordings.Count} recordings:\n{string.Join('\n', found)}");
    }

    // What ffmpeg refuses the worker may read; it refuses in words, and nothing but what ffmpeg refuses or nobody sends.
    private static async Task<string?> DifferenceAsync(IAudioDecoder decoder, Recording recording, float[]? expected, CancellationToken cancellationToken)
    {
        try
        {
            using var audio = await decoder.DecodeAsync(new AudioInput(recording.Bytes), cancellationToken);
            return expected is null ? null
                : recording.Format is not null && recording.Format != audio.SourceFormat ? $"taken for {audio.SourceFormat}"
                : Likeness.Difference(expected, audio.Samples.Span, recording);
        }
        catch (EngineException e)
        {
            return e.Kind == FailureKind.BadJob && (expected is null || recording.Format is null) ? null : $"{e.Kind}: {e.Message}";
        }
    }
}
