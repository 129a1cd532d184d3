using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.IntegrationTests.WhisperNet;

/// <summary>What the engine makes of good and of strange audio. The real Whisper.net at work; skipped where it is not in the build.</summary>
public sealed class WhisperNetRecognizerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", "where is the hospital")]
    [InlineData("es", "por favor mi medicina")]
    public async Task RecognizeAsync_KnownLanguage_WritesDownWhatWasSaid(string language, string text)
    {
        await using var services = DemoModel.Start();
        using var audio = Spoken.ToAudio(await Spoken.SayAsync(language, text));

        var transcript = await services.Recognizer().RecognizeAsync(audio, language, Token);

        Assert.Equal((text, language), (transcript.Text, transcript.Language));
    }

    [Fact]
    public async Task RecognizeAsync_Speech_HasSegmentsInsideTheAudioWithConfidence()
    {
        await using var services = DemoModel.Start();
        using var audio = Spoken.ToAudio(await Spoken.SayAsync("en", "the water is very cold"));

        var transcript = await services.Recognizer().RecognizeAsync(audio, "en", Token);

        var segment = Assert.Single(transcript.Segments);
        Assert.Equal(transcript.Text, segment.Text);
        Assert.InRange(segment.End, segment.Start + 0.5, audio.Duration.TotalSeconds);
        Assert.InRange(segment.Confidence!.Value, 0.3, 1.0);
        Assert.Equal(audio.Duration, transcript.AudioDuration);
    }

    [Theory]
    [InlineData("en", "can you call the nurse today")]
    [InlineData("es", "dónde es la estación")]
    public async Task RecognizeAsync_NoLanguage_DetectsIt(string language, string text)
    {
        await using var services = DemoModel.Start();
        using var audio = Spoken.ToAudio(await Spoken.SayAsync(language, text));

        Assert.Equal(language, (await services.Recognizer().RecognizeAsync(audio, null, Token)).Language);
    }

    [Fact]
    public async Task RecognizeAsync_NoLanguageAndAllowedOnes_DetectsAmongThem()
    {
        await using var services = DemoModel.Start(("Languages:0", "es"), ("Languages:1", "fr"));
        using var audio = Spoken.ToAudio(await Spoken.SayAsync("en", "can you call the nurse today"));

        Assert.Equal("es", (await services.Recognizer().RecognizeAsync(audio, null, Token)).Language);
    }

    [Theory]
    [InlineData("xx")]
    [InlineData("fr")]
    public async Task RecognizeAsync_LanguageNotServed_IsABadJob(string language)
    {
        await using var services = DemoModel.Start(("Languages:0", "en"), ("Languages:1", "es"));
        using var audio = Spoken.ToAudio(new float[16_000]);

        var error = await Assert.ThrowsAsync<EngineException>(() => services.Recognizer().RecognizeAsync(audio, language, Token).AsTask());

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedLanguage), (error.Kind, error.Code));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1599)]
    public async Task RecognizeAsync_NoOrTooLittleAudio_IsAnEmptyTranscript(int samples)
    {
        await using var services = DemoModel.Start();
        using var audio = Spoken.ToAudio(Enumerable.Repeat(0.5f, samples).ToArray());

        var transcript = await services.Recognizer().RecognizeAsync(audio, null, Token);

        Assert.Equal("", transcript.Text);
        Assert.Empty(transcript.Segments);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.0005f)]
    public async Task RecognizeAsync_Silence_IsAnEmptyTranscript(float level)
    {
        await using var services = DemoModel.Start();
        var random = new Random(1);
        using var audio = Spoken.ToAudio(Enumerable.Range(0, 48_000).Select(_ => level * ((2 * random.NextSingle()) - 1)).ToArray());

        var transcript = await services.Recognizer().RecognizeAsync(audio, "en", Token);

        Assert.Equal(("", "en"), (transcript.Text, transcript.Language));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public async Task RecognizeAsync_SampleNotFinite_IsABadJob(float bad)
    {
        await using var services = DemoModel.Start();
        var samples = await Spoken.SayAsync("en", "thanks goodbye");
        samples[1000] = bad;
        using var audio = Spoken.ToAudio(samples);

        var error = await Assert.ThrowsAsync<EngineException>(() => services.Recognizer().RecognizeAsync(audio, "en", Token).AsTask());

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedAudio), (error.Kind, error.Code));
    }

    [Fact]
    public async Task RecognizeAsync_NoiseWithFallbackBounded_Ends()
    {
        await using var services = DemoModel.Start(("MaxFallbacks", "1"));
        var random = new Random(1);
        using var audio = Spoken.ToAudio(Enumerable.Range(0, 30 * 16_000).Select(_ => (2 * random.NextSingle()) - 1).ToArray());

        var transcript = await services.Recognizer().RecognizeAsync(audio, "en", Token);

        Assert.Equal(audio.Duration, transcript.AudioDuration);
    }

    [Fact]
    public async Task RecognizeAsync_BeamSearch_WritesDownWhatWasSaid()
    {
        await using var services = DemoModel.Start(("BeamSize", "4"));
        using var audio = Spoken.ToAudio(await Spoken.SayAsync("en", "where is the hospital"));

        Assert.Equal("where is the hospital", (await services.Recognizer().RecognizeAsync(audio, "en", Token)).Text);
    }
}
