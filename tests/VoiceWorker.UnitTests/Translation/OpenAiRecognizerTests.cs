using Microsoft.Extensions.DependencyInjection;
using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Pooling;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.OpenAi;

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
