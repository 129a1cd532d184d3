using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.IntegrationTests.WhisperNet;

namespace VoiceWorker.IntegrationTests.Whisper;

/// <summary>The demo model hears what espeak-ng says.</summary>
public sealed class OnnxSpeechRecognizerTests
{
    private const string Words = "where is the hospital";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", "where is the hospital")]
    [InlineData("en", "the water is very cold")]
    [InlineData("es", "por favor mi medicina")]
    public async Task RecognizeAsync_KnownLanguage_WritesDownWhatWasSaid(string language, string text)
    {
        await using var engine = new OnnxEngine();

        var transcript = await RecognizeAsync(engine, await Spoken.SayAsync(language, text), language);

        Assert.Equal((text, language), (transcript.Text, transcript.Language));
    }

    [Fact]
    public async Task RecognizeAsync_TrimmedEncoder_WritesTheSame()
    {
        await using var engine = new OnnxEngine(("TrimEncoder", "true"));

        Assert.Equal(Words, (await RecognizeAsync(engine, await Spoken.SayAsync("en", Words), "en")).Text);
    }

    [Fact]
    public async Task RecognizeAsync_BeamSearchOfManyAtOnce_EachGetsTheTextItGetsAlone()
    {
        await using var engine = new OnnxEngine(("BeamSize", "4"), ("MaxBatch", "3"));
        var spoken = new List<(string Language, float[] Samples)>();
        foreach (var (language, text) in Spoken.Sentences.Take(6))
            spoken.Add((language, await Spoken.SayAsync(language, text)));

        var alone = new List<string>();
        foreach (var (language, samples) in spoken)
            alone.Add((await RecognizeAsync(engine, samples, language)).Text);
        var together = await Task.WhenAll(spoken.Select(async s => (await RecognizeAsync(engine, s.Samples, s.Language)).Text));

        Assert.Equal(alone, together);
        Assert.Equal(Words, alone[0]);
    }

    [Fact]
    public async Task RecognizeAsync_Speech_HasSegmentsInsideTheAudioWithConfidence()
    {
        await using var engine = new OnnxEngine();

        var transcript = await RecognizeAsync(engine, await Spoken.SayAsync("en", "the water is very cold"), "en");

        var segment = Assert.Single(transcript.Segments);
        Assert.Equal(transcript.Text, segment.Text);
        Assert.InRange(segment.End, segment.Start + 0.5, transcript.AudioDuration.TotalSeconds);
        Assert.InRange(segment.Confidence!.Value, 0.3, 1.0);
    }

    [Theory]
    [InlineData("en", "the water is very cold")]
    [InlineData("es", "por favor mi medicina")]
    public async Task RecognizeAsync_WordTimestamps_GiveEachWordItsPlaceInItsSegment(string language, string text)
    {
        await using var engine = new OnnxEngine(("WordTimestamps", "true"));

        var transcript = await RecognizeAsync(engine, await Spoken.SayAsync(language, text), language);

        var segment = Assert.Single(transcript.Segments);
        var words = segment.Words!;
        Assert.Equal(text.Split(' '), words.Select(word => word.Text));
        Assert.All(words, word => Assert.True(segment.Start <= word.Start && word.Start < word.End && word.End <= segment.End, transcript.ToString()));
        Assert.All(words.Zip(words.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start, transcript.ToString()));
    }

    [Fact]
    public async Task RecognizeAsync_WordTimestampsAcrossAPause_SayWhereItIs()
    {
        const double Pause = 1, Tolerance = 0.15;
        await using var engine = new OnnxEngine(("WordTimestamps", "true"));
        var (before, after) = (await Spoken.SayAsync("en", Words), await Spoken.SayAsync("en", "the water is very cold"));

        var transcript = await RecognizeAsync(engine, [.. before, .. new float[(int)(Pause * 16_000)], .. after], "en");

        var words = transcript.Segments.SelectMany(segment => segment.Words!).ToList();
        Assert.Equal($"{Words} the water is very cold".Split(' '), words.Select(word => word.Text));
        Assert.Equal((before.Length / 16_000.0) + Pause, words[4].Start, Tolerance);
        Assert.True(words[3].End <= words[4].Start - Pause + Tolerance, transcript.ToString());
    }

    [Theory]
    [InlineData("en", "can you call the nurse today")]
    [InlineData("es", "dónde es la estación")]
    public async Task RecognizeAsync_NoLanguage_DetectsIt(string language, string text)
    {
        await using var engine = new OnnxEngine();

        Assert.Equal(language, (await RecognizeAsync(engine, await Spoken.SayAsync(language, text), null)).Language);
    }

    [Fact]
    public async Task RecognizeAsync_NoLanguageAndAllowedOnes_DetectsAmongThem()
    {
        await using var engine = new OnnxEngine(("Languages:0", "es"), ("Languages:1", "fr"));

        Assert.Equal("es", (await RecognizeAsync(engine, await Spoken.SayAsync("en", "can you call the nurse today"), null)).Language);
    }

    [Theory]
    [InlineData("xx")]
    [InlineData("fr")]
    public async Task RecognizeAsync_LanguageNotServed_IsABadJob(string language)
    {
        await using var engine = new OnnxEngine(("Languages:0", "en"), ("Languages:1", "es"));

        var error = await Assert.ThrowsAsync<EngineException>(() => RecognizeAsync(engine, new float[16_000], language));

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedLanguage), (error.Kind, error.Code));
    }

    [Fact]
    public async Task RecognizeAsync_SilenceOrNoise_IsAnEmptyText()
    {
        var random = new Random(1);
        float[][] sounds = [[], new float[1_599], new float[32_000], [.. Enumerable.Range(0, 64_000).Select(_ => (random.NextSingle() - 0.5f) * 0.2f)]];
        await using var engine = new OnnxEngine();

        foreach (var sound in sounds)
            Assert.Equal("", (await RecognizeAsync(engine, sound, "en")).Text);
    }

    [Fact]
    public async Task RecognizeAsync_LongAudio_GoesOnWindowByWindow()
    {
        await using var engine = new OnnxEngine();

        var transcript = await RecognizeAsync(engine, await LongAudioAsync(windows: 3), "en");

        Assert.Equal(Enumerable.Repeat(Words, 3), transcript.Segments.Select(segment => segment.Text));
        Assert.All(transcript.Segments.Select((segment, i) => segment.Start - (30 * i)), offset => Assert.InRange(offset, -0.5, 0.5));
    }

    [Fact]
    public async Task RecognizeAsync_ManyAtOnce_EachGetsTheTextItGetsAlone()
    {
        await using var engine = new OnnxEngine(("MaxBatch", "5"));
        var spoken = new List<(string Language, float[] Samples)>();
        foreach (var (language, text) in Spoken.Sentences.Where((_, index) => index % 2 == 0))
            spoken.Add((language, await Spoken.SayAsync(language, text)));

        var alone = new List<string>();
        foreach (var (language, samples) in spoken)
            alone.Add((await RecognizeAsync(engine, samples, language)).Text);
        var together = await Task.WhenAll(spoken.Select(async s => (await RecognizeAsync(engine, s.Samples, s.Language)).Text));

        Assert.Equal(alone, together);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(300)]
    public async Task RecognizeAsync_CancelledOnItsWay_LeavesTheEngineIntact(int milliseconds)
    {
        await using var engine = new OnnxEngine();
        var samples = await LongAudioAsync(windows: 60);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        cancel.CancelAfter(milliseconds);
        using var audio = Spoken.ToAudio(samples);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.Recognizer.RecognizeAsync(audio, "en", cancel.Token).AsTask());

        Assert.Equal(Words, (await RecognizeAsync(engine, await Spoken.SayAsync("en", Words), "en")).Text);
    }

    [Fact]
    public async Task CheckAsync_GoodModel_IsReadyAndNamesIt()
    {
        await using var engine = new OnnxEngine();

        var status = await engine.Recognizer.CheckAsync(Token);

        Assert.True(status.Ready, status.Detail);
        Assert.Contains("ggml-demo-en-es.bin", status.Detail, StringComparison.Ordinal);
    }

    private static async Task<Transcript> RecognizeAsync(OnnxEngine engine, float[] samples, string? language)
    {
        using var audio = Spoken.ToAudio(samples);
        return await engine.Recognizer.RecognizeAsync(audio, language, Token);
    }

    private static async Task<float[]> LongAudioAsync(int windows)
    {
        var words = await Spoken.SayAsync("en", Words);
        var samples = new float[windows * 30 * DecodedAudio.SampleRate];
        for (var window = 0; window < windows; window++)
            words.CopyTo(samples, window * 30 * DecodedAudio.SampleRate);
        return samples;
    }
}
