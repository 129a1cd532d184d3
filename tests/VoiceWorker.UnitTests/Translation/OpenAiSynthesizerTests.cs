using System.Text;
using Microsoft.Extensions.DependencyInjection;
using VoiceWorker.Audio.Wav;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.OpenAi;
using VoiceWorker.Engines.OpenAi.Synthesis;

namespace VoiceWorker.UnitTests.Translating;

public sealed class OpenAiSynthesizerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SynthesizeAsync_Text_SendsTheDocumentedBody()
    {
        var server = Sounding(WavWriter.Write([1, 2, 3, 4], 22_050));
        using var services = Services(server);

        var speech = await Speaker(services).SynthesizeAsync("Hola", "es", null, null, Token);

        Assert.Equal((22_050, "alloy", 4), (speech.SampleRate, speech.Voice, speech.Pcm.Length));
        Assert.Equal(["POST /v1/audio/speech"], server.Asked);
        Approval.VerifyJson(Encoding.UTF8.GetBytes(server.Bodies[0]), "openai-speech");
    }

    [Fact]
    public async Task SynthesizeAsync_Pcm_HasTheConfiguredRate()
    {
        using var services = Services(Sounding([1, 2, 3, 4, 5]), ("Tts:OpenAi:ResponseFormat", "pcm"), ("Tts:OpenAi:PcmSampleRate", "16000"));

        var speech = await Speaker(services).SynthesizeAsync("Hola", "es", null, null, Token);

        Assert.Equal(16_000, speech.SampleRate);
        Assert.Equal([1, 2, 3, 4], speech.Pcm.ToArray());
    }

    [Fact]
    public async Task SynthesizeAsync_LongText_JoinsThePieces()
    {
        var server = Sounding([1, 2]);
        using var services = Services(server, ("Tts:OpenAi:ResponseFormat", "pcm"), ("Tts:OpenAi:MaxCharacters", "16"));

        var speech = await Speaker(services).SynthesizeAsync("One sentence. Another one. And one.", "en", null, null, Token);

        Assert.Equal(3, server.Bodies.Count);
        Assert.Equal(6, speech.Pcm.Length);
    }

    [Theory]
    [InlineData("en", null, null, "alloy")]
    [InlineData("es", null, null, "nova")]
    [InlineData("es", null, "alice", "echo")]
    [InlineData("es", "onyx", "alice", "onyx")]
    public async Task SynthesizeAsync_Voice_IsTheNearestWish(string language, string? wish, string? sender, string expected)
    {
        var server = Sounding(WavWriter.Write([1, 2], 16_000));
        using var services = Services(server, ("Tts:OpenAi:LanguageVoices:es", "nova"), ("Tts:OpenAi:SenderVoices:alice", "echo"), ("Tts:OpenAi:AllowedVoices:0", "onyx"));

        var speech = await Speaker(services).SynthesizeAsync("Hola", language, wish, sender, Token);

        Assert.Equal(expected, speech.Voice);
        Assert.Contains($"\"voice\":\"{expected}\"", server.Bodies[0], StringComparison.Ordinal);
    }

    // The default voice is OpenAI's; the voice that spoke last is known to be good.
    [Fact]
    public async Task SynthesizeAsync_WishIsRefusedByAServerWithoutTheDefaultVoice_IsTheJobsFault()
    {
        var sound = WavWriter.Write([1, 2], 16_000);
        using var services = Services(new FakeServer(request => request.Content!.ReadAsStringAsync().Result.Contains("\"voice\":\"nova\"", StringComparison.Ordinal)
            ? new HttpResponseMessage { Content = new ByteArrayContent(sound) }
            : FakeServer.Json("""{"detail":"no such voice"}""", System.Net.HttpStatusCode.NotFound)));
        await Speaker(services).SynthesizeAsync("Hola", "es", "nova", null, Token);

        var e = await Assert.ThrowsAsync<EngineException>(async () => await Speaker(services).SynthesizeAsync("Hola", "es", "darth", null, Token));

        Assert.Equal(FailureKind.BadJob, e.Kind);
    }

    [Fact]
    public async Task SynthesizeAsync_VoiceNotAllowed_ListsWhatThereIs()
    {
        using var services = Services(Sounding([]), ("Tts:OpenAi:AllowedVoices:0", "onyx"));

        var e = await Assert.ThrowsAsync<EngineException>(async () => await Speaker(services).SynthesizeAsync("Hola", "es", "darth", null, Token));

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedOption, "There is no voice 'darth'; there are onyx."), (e.Kind, e.Code, e.Message));
    }

    [Theory]
    [InlineData("wav", "")]
    [InlineData("wav", "{\"error\":\"no\"}")]
    [InlineData("pcm", "")]
    public async Task SynthesizeAsync_NoSound_IsTransient(string format, string body)
    {
        using var services = Services(Sounding(Encoding.ASCII.GetBytes(body)), ("Tts:OpenAi:ResponseFormat", format));

        var e = await Assert.ThrowsAsync<EngineException>(async () => await Speaker(services).SynthesizeAsync("Hola", "es", null, null, Token));

        Assert.Equal(FailureKind.Transient, e.Kind);
        Assert.StartsWith("The speech server sent an answer that cannot be read", e.Message, StringComparison.Ordinal);
    }

    private static FakeServer Sounding(byte[] body) => new(_ => new HttpResponseMessage { Content = new ByteArrayContent(body) });

    private static ISpeechSynthesizer Speaker(ServiceProvider services) => services.GetRequiredService<ISpeechSynthesizer>();

    private static ServiceProvider Services(FakeServer server, params (string, string)[] settings) => TestServices.Base()
        .AddOpenAiSpeech(TestServices.Settings([("Tts:OpenAi:BaseAddress", "http://tts.test/v1"), .. settings]))
        .Behind(server, OpenAiSynthesizer.ClientName)
        .BuildServiceProvider();
}
