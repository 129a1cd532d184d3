using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.IntegrationTests.Audio;
using VoiceWorker.IntegrationTests.Commands;
using VoiceWorker.IntegrationTests.WhisperNet;
using VoiceWorker.UnitTests.VoiceActivity;

namespace VoiceWorker.IntegrationTests.Whisper;

/// <summary>What the engines hear of recordings with noise, hum, offsets, tones and long pauses, made of the samples.</summary>
public sealed class SpeechDetectionTests(FieldRecordingTests.Worker worker) : IClassFixture<FieldRecordingTests.Worker>
{
    private const int Rate = DecodedAudio.SampleRate;

    private static readonly (string File, string Language, string Words)[] Sentences = [.. SampleSentences.All.Select(sample => (sample.File, sample.File[..2], sample.Heard))];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("silero")]
    [InlineData("level")]
    public async Task RecognizeAsync_SpeechOnAnOffset_IsHeard(string detection)
    {
        await using var engine = OnnxEngine.WithVad(detection);
        foreach (var offset in (float[])[0.03f, 0.1f, -0.2f])
            await AssertHearsAllAsync(engine, sample => (0.25f * sample) + offset);
    }

    [Theory]
    [InlineData(50, 0.1f)]
    [InlineData(60, 0.1f)]
    [InlineData(50, 0.3f)]
    public async Task RecognizeAsync_SpeechWithMainsHum_IsHeard(int frequency, float level) =>
        await AssertHearsAllAsync(worker.Engine, (sample, n) => sample + (level * MathF.Sin(2 * MathF.PI * frequency * n / Rate)));

    [Fact]
    public async Task RecognizeAsync_SpeechInFaintNoise_IsHeard() =>
        await AssertHearsAllAsync(worker.Engine, (sample, n) => sample, noise: 0.01f);

    [Theory]
    [InlineData(0.05f)]
    [InlineData(0.1f)]
    [InlineData(0.2f)]
    public async Task RecognizeAsync_SpeechInLoudNoise_HasNoMoreWordsThanWereSpoken(float level)
    {
        foreach (var (file, language, words) in Sentences)
        {
            var speech = await LoadAsync(file);
            for (var seed = 0; seed < 2; seed++)
            {
                var noise = PinkNoise.Make(speech.Length, level, seed);
                var text = (await HearAsync(worker.Engine.Recognizer, [.. speech.Zip(noise, (sample, more) => sample + more)], language)).Text;
                Assert.True(text.Split(' ').Length <= words.Split(' ').Length, $"'{words}' in noise of {level} (seed {seed}) was heard as '{text}'.");
            }
        }
    }

    [Theory]
    [InlineData(27.0)]
    [InlineData(28.6)]
    [InlineData(29.3)]
    [InlineData(30.5)]
    public async Task RecognizeAsync_SentencesAroundSecond30_AreAllHeardInTheirPlaces(double second) =>
        await AssertHearsThreeAsync(worker.Engine.Recognizer, second);

    [Fact]
    public async Task RecognizeAsync_SentencesAnywhereAroundSecond30_AreAllHeardInTheirPlaces()
    {
        var random = new Random(5);
        for (var round = 0; round < 5; round++)
            await AssertHearsThreeAsync(worker.Engine.Recognizer, 27 + (3.5 * random.NextDouble()));
    }

    [Fact]
    public async Task RecognizeAsync_SentencesAroundSecond30ByWhisperNet_AreAllHeardInTheirPlaces()
    {
        await using var services = DemoModel.Start();
        foreach (var second in (double[])[27, 29.3, 30.5])
            await AssertHearsThreeAsync(services.Recognizer(), second);
    }

    [Fact]
    public async Task RecognizeAsync_WordTimestampsBehindALongPause_AreTheRecordings()
    {
        await using var engine = new OnnxEngine(("WordTimestamps", "true"));
        var (first, second) = (await LoadAsync("en-1.wav"), await LoadAsync("en-3.ogg"));
        var samples = new float[20 * Rate];
        first.CopyTo(samples, 0);
        second.CopyTo(samples, 15 * Rate);

        var transcript = await HearAsync(engine.Recognizer, samples, "en");

        Assert.Equal("where is the hospital the house is very big", transcript.Text);
        Assert.InRange(transcript.Segments[1].Words![0].Start, 14.8, 15.4);
        Assert.All(transcript.Segments[0].Words!, word => Assert.InRange(word.End, 0, 1.7));
    }

    [Theory]
    [InlineData("en", "yes")]
    [InlineData("en", "no")]
    [InlineData("en", "hello")]
    [InlineData("es", "sí")]
    [InlineData("es", "no")]
    [InlineData("es", "hola")]
    public async Task RecognizeAsync_OneWord_IsHeard(string language, string word) =>
        Assert.NotEqual("", (await HearAsync(worker.Engine.Recognizer, await Spoken.SayAsync(language, word), language)).Text);

    private async Task AssertHearsThreeAsync(ISpeechRecognizer recognizer, double second)
    {
        var samples = new float[(int)((second + 5) * Rate)];
        double[] starts = [0, second, second + 2.5];
        for (var i = 0; i < starts.Length; i++)
            (await LoadAsync(Sentences[i].File)).CopyTo(samples, (int)(starts[i] * Rate));

        var transcript = await HearAsync(recognizer, samples, "en");

        Assert.Equal(Sentences.Take(3).Select(sentence => sentence.Words), transcript.Segments.Select(segment => segment.Text));
        Assert.All(transcript.Segments.Zip(starts), pair => Assert.Equal(pair.Second, pair.First.Start, tolerance: 0.3));
    }

    private Task AssertHearsAllAsync(OnnxEngine engine, Func<float, float> change) => AssertHearsAllAsync(engine, (sample, _) => change(sample));

    private async Task AssertHearsAllAsync(OnnxEngine engine, Func<float, int, float> change, float noise = 0)
    {
        // Between "hot" and "heart" in the second one the demo model changes its mind at the least change.
        foreach (var (file, language, words) in Sentences.Where(sentence => sentence.File != "en-2.mp3"))
        {
            var speech = await LoadAsync(file);
            var pink = PinkNoise.Make(speech.Length, noise, seed: 1);
            Assert.Equal(words, (await HearAsync(engine.Recognizer, [.. speech.Select((sample, n) => change(sample, n) + pink[n])], language)).Text);
        }
    }

    private async Task<float[]> LoadAsync(string sample)
    {
        using var audio = await worker.Audio.Decoder.DecodeAsync(new AudioInput(await File.ReadAllBytesAsync(Samples.Path(sample), Cancel)), Cancel);
        return audio.Samples.ToArray();
    }

    private static async Task<Transcript> HearAsync(ISpeechRecognizer recognizer, float[] samples, string language)
    {
        using var audio = Spoken.ToAudio(samples);
        return await recognizer.RecognizeAsync(audio, language, Cancel);
    }
}
