using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.OpenAi;

namespace VoiceWorker.UnitTests.Translating;

public sealed class OpenAiTranslatorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TranslateAsync_Text_SendsTheDocumentedBody()
    {
        var server = new FakeServer("""{"id":"1","choices":[{"index":0,"message":{"role":"assistant","content":"\"Hola\" "},"finish_reason":"stop"}]}""");
        using var services = Services(server, ("Translation:OpenAi:ApiKey", "secret"));

        var translated = await services.Translator().TranslateAsync("Hello", "en", "es", Token);

        Assert.Equal(new TranslatedText("\"Hola\" ", "en"), translated);
        Assert.Equal(["POST /v1/chat/completions"], server.Asked);
        Assert.Equal("Bearer secret", server.Authorization);
        Approval.VerifyJson(Encoding.UTF8.GetBytes(server.Bodies[0]), "openai-chat");
    }

    [Fact]
    public async Task TranslateAsync_OwnPromptAndLimits_SendsThem()
    {
        var server = new FakeServer("""{"choices":[{"message":{"role":"assistant","content":"Hola"}}]}""");
        using var services = Services(
            server,
            ("Translation:OpenAi:SystemPrompt", "{source} > {target}"), ("Translation:OpenAi:Temperature", "0.5"), ("Translation:OpenAi:MaxTokens", "9"));

        await services.Translator().TranslateAsync("Hello", "en", "xx", Token);

        Assert.Contains("English \\u003E the language with the code xx", server.Bodies[0], StringComparison.Ordinal);
        Assert.EndsWith("\"temperature\":0.5,\"max_tokens\":9}", server.Bodies[0], StringComparison.Ordinal);
        Assert.Null(server.Authorization);
    }

    [Theory]
    [InlineData("""{"role":"assistant","content":"Ho"}""", "length", FailureKind.BadJob, ErrorCode.InputTooLarge)]
    [InlineData("""{"role":"assistant","content":""}""", "content_filter", FailureKind.BadJob, ErrorCode.TranslationFailed)]
    [InlineData("""{"role":"assistant","content":null,"refusal":"I cannot"}""", "stop", FailureKind.BadJob, ErrorCode.TranslationFailed)]
    [InlineData("""{"role":"assistant","content":"  "}""", "stop", FailureKind.Transient, ErrorCode.EngineUnavailable)]
    public async Task TranslateAsync_NotAWholeAnswer_IsAnError(string message, string finish, FailureKind kind, ErrorCode code)
    {
        using var services = Services(new FakeServer($$"""{"choices":[{"message":{{message}},"finish_reason":"{{finish}}"}]}"""));

        var e = await Assert.ThrowsAsync<EngineException>(async () => await services.Translator().TranslateAsync("Hello", "en", "es", Token));

        Assert.Equal((kind, code), (e.Kind, e.Code));
    }

    [Fact]
    public async Task TranslateAsync_NoChoices_IsTransient()
    {
        using var services = Services(new FakeServer("""{"choices":[]}"""));

        var e = await Assert.ThrowsAsync<EngineException>(async () => await services.Translator().TranslateAsync("Hello", "en", "es", Token));

        Assert.Equal(FailureKind.Transient, e.Kind);
    }

    [Fact]
    public async Task TranslateAsync_SourceUnknown_AsksForIt()
    {
        using var services = Services(new FakeServer("{}"));

        var e = await Assert.ThrowsAsync<EngineException>(async () => await services.Translator().TranslateAsync("Hello", null, "es", Token));

        Assert.Equal(ErrorCode.UnsupportedLanguage, e.Code);
    }

    [Theory]
    [InlineData("""{"data":[{"id":"demo"},{"id":"other"}]}""", 200, true, false)]
    [InlineData("""{"data":[{"id":"other"}]}""", 200, true, true)]
    [InlineData("{}", 404, true, true)]
    [InlineData("{}", 401, false, true)]
    [InlineData("{}", 500, false, true)]
    public async Task CheckAsync_Answer_TellsWhetherJobsMayCome(string models, int status, bool ready, bool remedy)
    {
        using var services = Services(new FakeServer(models, (HttpStatusCode)status));

        var check = await services.Translator().CheckAsync(Token);

        Assert.Equal((ready, remedy), (check.Ready, check.Remedy is not null));
    }

    private static ServiceProvider Services(FakeServer server, params (string, string)[] settings) => TestServices.Translation(
        server,
        OpenAiTranslator.ClientName,
        null,
        [("Translation:Engine", "openai"), ("Translation:OpenAi:Model", "demo"), ("Translation:OpenAi:BaseAddress", "http://llm.test/v1"), .. settings]);
}
