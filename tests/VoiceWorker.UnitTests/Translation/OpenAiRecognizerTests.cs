using Microsoft.Extensions.DependencyInjection;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Pooling;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.OpenAi;
using VoiceWorker.Engines.OpenAi.Recognition;

namespace VoiceWorker.UnitTests.Translating;

public sealed class OpenAiRecognizerTests
{
    private const string Verbose = """
        {"task":"transcribe","language":"english","duration":1.0,"text":" where is the hospital",
         "segments":[{"id":0,"start":0.0,"end":0.8,"text":" where is","avg_logprob":-0.5},{"id":1,"start":0.8,"end":1.0,"text":" the hospital"}]}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RecognizeAsync_Audio_SendsTheDocumentedForm()
    {
        var server = new FakeServer(Verbose);
        using var services = Services(server);
        using var audio = Audio(0, 0.5f, -1, 1.5f);

        await Recognizer(services).RecognizeAsync(audio, "en", Token);

        Assert.Equal(["POST /v1/audio/transcriptions"], server.Asked);
        var body = server.Bodies[0];
        var boundary = body[..body.IndexOf('\r', StringComparison.Ordinal)];
        var samples = body.IndexOf("RIFF", StringComparison.Ordinal);
        var end = body.IndexOf("\r\n" + boundary, samples, StringComparison.Ordinal);
        Approval.Verify(body.Remove(samples, end - samples).Insert(samples, "(WAV)").Replace(boundary, "--boundary", StringComparison.Ordinal), "openai-transcription");
    }

    [Fact]
    public async Task RecognizeAsync_Verbose_ReadsSegmentsAndConfidence()
    {
        using var services = Services(new FakeServer(Verbose));
        using var audio = Audio(new float[16_000]);

        var transcript = await Recognizer(services).RecognizeAsync(audio, null, Token);

        Assert.Equal(("where is the hospital", "en", TimeSpan.FromSeconds(1)), (transcript.Text, transcript.Language, transcript.AudioDuration));
        Assert.Equal([new Segment(0, 0.8, "where is", Math.Exp(-0.5)), new Segment(0.8, 1, "the hospital")], transcript.Segments);
    }

    [Fact]
    public async Task RecognizeAsync_TextOnly_IsOneSegment()
    {
        using var services = Services(new FakeServer("""{"text":"hola"}"""));
        using var audio = Audio(new float[8_000]);

        var transcript = await Recognizer(services).RecognizeAsync(audio, "es", Token);

        Assert.Equal([new Segment(0, 0.5, "hola")], transcript.Segments);
    }

    [Fact]
    public async Task RecognizeAsync_NobodySpoke_HasNoSegments()
    {
        using var services = Services(new FakeServer("""{"text":" "}"""));
        using var audio = Audio(new float[8_000]);

        var transcript = await Recognizer(services).RecognizeAsync(audio, "es", Token);

        Assert.Equal("", transcript.Text);
        Assert.Empty(transcript.Segments);
    }

    [Theory]
    [InlineData("""{"text":"hola"}""")]
    [InlineData("""{"text":"hola","language":"klingon"}""")]
    public async Task RecognizeAsync_LanguageNotTold_SaysSo(string reply)
    {
        using var services = Services(new FakeServer(reply));
        using var audio = Audio(new float[8_000]);

        var e = await Assert.ThrowsAsync<EngineException>(async () => await Recognizer(services).RecognizeAsync(audio, null, Token));

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedLanguage), (e.Kind, e.Code));
    }

    // What is said in 8 of the recording's 10 s, with the times of different servers.
    [Theory]
    [InlineData("0.5", "4", "4", "8.5")]
    [InlineData("500", "4000", "4000", "8500")]
    [InlineData("500000", "4000000", "4000000", "8500000")]
    [InlineData("500000000", "4000000000", "4000000000", "8500000000")]
    [InlineData("\"0.5\"", "\"4.0\"", "4", "8.5")]
    public async Task RecognizeAsync_TimesOfAnyUnit_AreSeconds(string start1, string end1, string start2, string end2)
    {
        var segments = await SegmentsAsync($$"""
            [{"start":{{start1}},"end":{{end1}},"text":"where is the nearest hospital"},{"start":{{start2}},"end":{{end2}},"text":"i need a doctor for my son"}]
            """, seconds: 10);

        Assert.Equal([new(0.5, 4, "where is the nearest hospital"), new(4, 8.5, "i need a doctor for my son")], segments);
    }

    [Theory]
    // Behind the end, as Whisper's last segment ends with its window; before the beginning; the wrong way round.
    [InlineData("""[{"start":0,"end":30,"text":"hello there"}]""", 0, 10)]
    [InlineData("""[{"start":-1,"end":3,"text":"hello there"}]""", 0, 3)]
    [InlineData("""[{"start":5,"end":3,"text":"hello there"}]""", 5, 5)]
    // Nothing that could be told: the whole recording.
    [InlineData("""[{"start":null,"end":3,"text":"hello there"}]""", 0, 10)]
    [InlineData("""[{"start":NaN,"end":3,"text":"hello there"}]""", 0, 10)]
    [InlineData("""[{"start":0,"end":1e300,"text":"hello there"}]""", 0, 10)]
    [InlineData("""[{"start":0,"end":"soon","text":"hello there"}]""", 0, 10)]
    [InlineData("""[{"text":"hello there"}]""", 0, 10)]
    [InlineData("""["hello there"]""", 0, 10)]
    [InlineData("""{"0":"hello there"}""", 0, 10)]
    public async Task RecognizeAsync_StrangeTimes_StayWithinTheRecording(string json, double start, double end)
    {
        var segment = Assert.Single(await SegmentsAsync(json, seconds: 10));

        Assert.Equal((start, end), (segment.Start, segment.End));
        Assert.EndsWith("hello there", segment.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecognizeAsync_UnsortedSegments_AreInOrder()
    {
        var segments = await SegmentsAsync("""[{"start":4,"end":8,"text":"the doctor for my son"},{"start":0,"end":4,"text":"where is the hospital"}]""", seconds: 10);

        Assert.Equal(["where is the hospital", "the doctor for my son"], segments.Select(s => s.Text));
    }

    // A long recording whose only sentence is at its beginning: read as seconds it would take 50 minutes.
    [Fact]
    public async Task RecognizeAsync_MillisecondsThatWouldFitAsSeconds_AreMilliseconds()
    {
        var segment = Assert.Single(await SegmentsAsync("""[{"start":0,"end":3000,"text":"where is the nearest hospital"}]""", seconds: 3600));

        Assert.Equal(3, segment.End);
    }

    [Theory]
    [InlineData("NaN", null)]
    [InlineData("-Infinity", null)]
    [InlineData("\"NaN\"", null)]
    [InlineData("0.5", 1.0)]
    [InlineData("-1e9", 0.0)]
    public async Task RecognizeAsync_StrangeConfidence_IsAShareOrNothing(string log, double? confidence)
    {
        var segment = Assert.Single(await SegmentsAsync($$"""[{"start":0,"end":1,"text":"hello there","avg_logprob":{{log}}}]""", seconds: 1));

        Assert.Equal(confidence, segment.Confidence);
    }

    [Fact]
    public async Task RecognizeAsync_DecomposedText_IsComposed()
    {
        using var services = Services(new FakeServer("""{"text":"man\u0303ana","segments":[{"start":0,"end":0.5,"text":"man\u0303ana"}]}"""));
        using var audio = Audio(new float[8_000]);

        var transcript = await Recognizer(services).RecognizeAsync(audio, "es", Token);

        Assert.Equal(("mañana", "mañana"), (transcript.Text, transcript.Segments[0].Text));
    }

    [Fact]
    public async Task RecognizeAsync_FormatIsAlwaysRefused_IsTheEnginesFaultAndNamesIt()
    {
        using var services = Services(new FakeServer("""{"error":{"message":"response_format 'verbose_json' is not compatible with model"}}""", System.Net.HttpStatusCode.BadRequest));
        using var audio = Audio(new float[8_000]);

        var e = await Assert.ThrowsAsync<EngineException>(async () => await Recognizer(services).RecognizeAsync(audio, "es", Token));

        Assert.Equal(FailureKind.EngineDown, e.Kind);
        Assert.Contains("Stt:OpenAi: Model whisper-1, ResponseFormat verbose_json", e.Message, StringComparison.Ordinal);
    }

    // A server that wants to hear speech refuses the trial; once it has recognised a job, that proves nothing.
    [Fact]
    public async Task RecognizeAsync_ServerThatRefusesSilence_BlamesTheJobItRefuses()
    {
        var asked = 0;
        using var services = Services(new FakeServer(_ => ++asked == 1 ? FakeServer.Json(Verbose) : FakeServer.Json("""{"error":"no speech"}""", System.Net.HttpStatusCode.BadRequest)));
        using var audio = Audio(new float[16_000]);
        await Recognizer(services).RecognizeAsync(audio, "en", Token);

        var e = await Assert.ThrowsAsync<EngineException>(async () => await Recognizer(services).RecognizeAsync(audio, "en", Token));

        Assert.Equal((FailureKind.BadJob, 3), (e.Kind, asked));
    }

    private static async Task<IReadOnlyList<Segment>> SegmentsAsync(string segments, int seconds)
    {
        using var services = Services(new FakeServer($$"""{"text":"They said: hello there","segments":{{segments}}}"""));
        using var audio = Audio(new float[seconds * DecodedAudio.SampleRate]);
        return (await Recognizer(services).RecognizeAsync(audio, "en", Token)).Segments;
    }

    private static DecodedAudio Audio(params float[] samples)
    {
        var owner = new PooledMemory<float>(samples.Length);
        samples.CopyTo(owner.Memory);
        return new DecodedAudio(owner, samples.Length, "wav");
    }

    private static ISpeechRecognizer Recognizer(ServiceProvider services) => services.GetRequiredService<ISpeechRecognizer>();

    private static ServiceProvider Services(FakeServer server) => TestServices.Base()
        .AddOpenAiRecognition(TestServices.Settings(("Stt:OpenAi:BaseAddress", "http://stt.test/v1/")))
        .Behind(server, OpenAiRecognizer.ClientName)
        .BuildServiceProvider();
}
