using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.IntegrationTests.WhisperNet;

/// <summary>Jobs side by side, jobs given up, and the end of the engine; each of these can end the process when native code is handled wrongly.</summary>
public sealed class WhisperNetLifetimeTests
{
    private const string Words = "where is the hospital";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RecognizeAsync_MoreJobsThanProcessors_EachGetsItsOwnText()
    {
        await using var services = DemoModel.Start(("Processors", "3"));
        var spoken = new List<(string Language, float[] Samples)>();
        foreach (var (language, text) in Spoken.Sentences.Take(2).Concat(Spoken.Sentences.TakeLast(2)))
            spoken.Add((language, await Spoken.SayAsync(language, text)));

        var oneByOne = new List<string>();
        foreach (var (language, samples) in spoken)
            oneByOne.Add(await RecognizeAsync(services.Recognizer(), samples, language));
        var together = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            RecognizeAsync(services.Recognizer(), spoken[i % 4].Samples, spoken[i % 4].Language)));

        Assert.Equal(Enumerable.Range(0, 12).Select(i => oneByOne[i % 4]), together);
    }

    [Fact]
    public async Task RecognizeAsync_LongAudio_GoesOnWindowByWindow()
    {
        await using var services = DemoModel.Start();
        using var audio = Spoken.ToAudio(await LongAudioAsync(windows: 3));

        var transcript = await services.Recognizer().RecognizeAsync(audio, "en", Token);

        Assert.Equal(Enumerable.Repeat(Words, 3), transcript.Segments.Select(segment => segment.Text));
        Assert.All(transcript.Segments.Select((segment, i) => segment.Start - (30 * i)), offset => Assert.InRange(offset, -0.1, 0.1));
    }

    [Fact]
    public async Task RecognizeAsync_LongAudio_SaysThatItMovesOn()
    {
        var heartbeat = new CountingHeartbeat();
        await using var services = DemoModel.Start(heartbeat);
        // Without the pauses it is a minute and a half.
        using var audio = Spoken.ToAudio(await LongAudioAsync(windows: 40));

        await services.Recognizer().RecognizeAsync(audio, "en", Token);

        Assert.InRange(heartbeat.Beats, 3, int.MaxValue);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(150)]
    [InlineData(600)]
    public async Task RecognizeAsync_CancelledOnItsWay_GivesTheProcessorBackIntact(int milliseconds)
    {
        await using var services = DemoModel.Start(("Processors", "1"));
        using var audio = Spoken.ToAudio(await LongAudioAsync(windows: 12));
        await services.Recognizer().CheckAsync(Token);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        cancel.CancelAfter(milliseconds);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => services.Recognizer().RecognizeAsync(audio, "en", cancel.Token).AsTask());

        Assert.Equal(Words, await RecognizeAsync(services.Recognizer(), await Spoken.SayAsync("en", Words), "en"));
    }

    [Fact]
    public async Task RecognizeAsync_CancelledWhileWaitingForAProcessor_LeavesTheOtherJobAlone()
    {
        await using var services = DemoModel.Start(("Processors", "1"));
        var samples = await LongAudioAsync(windows: 3);
        var first = RecognizeAsync(services.Recognizer(), samples, "en");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var audio = Spoken.ToAudio(samples);
        var second = services.Recognizer().RecognizeAsync(audio, "en", cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Contains(Words, await first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DisposeAsync_DuringRuns_LetsThemFinish()
    {
        var services = DemoModel.Start(("Processors", "2"));
        var samples = await LongAudioAsync(windows: 3);
        await services.Recognizer().CheckAsync(Token);
        var recognizer = services.Recognizer();
        var runs = Enumerable.Range(0, 2).Select(_ => RecognizeAsync(recognizer, samples, "en")).ToArray();

        await services.DisposeAsync();

        Assert.All(runs, run => Assert.True(run.IsCompleted));
        Assert.All(await Task.WhenAll(runs), text => Assert.Contains(Words, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RecognizeAsync_AfterDispose_SaysThatItStops()
    {
        var services = DemoModel.Start();
        var recognizer = services.Recognizer();
        await recognizer.CheckAsync(Token);
        await services.DisposeAsync();
        using var audio = Spoken.ToAudio(await Spoken.SayAsync("en", Words));

        var error = await Assert.ThrowsAsync<EngineException>(() => recognizer.RecognizeAsync(audio, "en", Token).AsTask());

        Assert.Equal(FailureKind.Stopping, error.Kind);
    }

    private static async Task<string> RecognizeAsync(ISpeechRecognizer recognizer, float[] samples, string language)
    {
        using var audio = Spoken.ToAudio(samples);
        return (await recognizer.RecognizeAsync(audio, language, Token)).Text;
    }

    // The same words at the start of each window of 30 s.
    private static async Task<float[]> LongAudioAsync(int windows)
    {
        var window = new float[30 * DecodedAudio.SampleRate];
        (await Spoken.SayAsync("en", Words)).CopyTo(window, 0);
        return [.. Enumerable.Repeat(window, windows).SelectMany(samples => samples)];
    }
}
