using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.OpenAi.Chat;

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

        Assert.Equal(new TranslatedText("Hola", "en"), translated);
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
        using var services = Services(new FakeServer(request => FakeServer.Json(
            request.Content!.ReadAsStringAsync().Result.Contains("Hello", StringComparison.Ordinal)
                ? $$"""{"choices":[{"message":{{message}},"finish_reason":"{{finish}}"}]}"""
                : """{"choices":[{"message":{"role":"assistant","content":"Hola"}}]}""")));

        var e = await Assert.ThrowsAsync<EngineException>(async () => await services.Translator().TranslateAsync("Hello", "en", "es", Token));

        Assert.Equal((kind, code), (e.Kind, e.Code));
    }

    [Theory]
    [InlineData("""{"role":"assistant","content":"<think>The user says hello.</think>"}""")]
    [InlineData("""{"role":"assistant","content":"<think>The user says"}""")]
    [InlineData("""{"role":"assistant","content":"","reasoning_content":"The user says hello."}""")]
    [InlineData("""{"role":"assistant","reasoning":"The user says hello."}""")]
    public async Task TranslateAsync_NothingButThoughts_IsTheEnginesFaultAndRetried(string message)
    {
        using var services = Services(new FakeServer($$"""{"choices":[{"message":{{message}},"finish_reason":"stop"}]}"""));

        var e = await Assert.ThrowsAsync<EngineException>(async () => await services.Translator().TranslateAsync("Hello", "en", "es", Token));

        Assert.Equal((FailureKind.Transient, ErrorCode.EngineUnavailable), (e.Kind, e.Code));
    }

    [Fact]
    public async Task TranslateAsync_AnswerFarLongerThanTheText_IsTheEnginesFault()
    {
        using var services = Services(new FakeServer("""{"choices":[{"message":{"role":"assistant","content":"HOLA"}}]}""".Replace("HOLA", new string('a', 2500), StringComparison.Ordinal)));

        var e = await Assert.ThrowsAsync<EngineException>(async () => await services.Translator().TranslateAsync("Hello", "en", "es", Token));

        Assert.Equal(FailureKind.Transient, e.Kind);
    }

    [Fact]
    public async Task TranslateAsync_SettingIsRefused_IsTheEnginesFaultAndNamesIt()
    {
        var server = Server(body => !body.Contains("max_tokens", StringComparison.Ordinal), """{"error":{"message":"max_tokens is too large: 900000."}}""");
        using var services = Services(server, ("Translation:OpenAi:MaxTokens", "900000"), ("Translation:OpenAi:Temperature", "0.2"));

        var e = await Assert.ThrowsAsync<EngineException>(async () => await services.Translator().TranslateAsync("Hello", "en", "es", Token));

        Assert.Equal((FailureKind.EngineDown, ErrorCode.EngineUnavailable), (e.Kind, e.Code));
        Assert.Contains("Translation:OpenAi: Model demo, Temperature 0.2, MaxTokens 900000", e.Message, StringComparison.Ordinal);
        Assert.Contains("max_tokens is too large: 900000.", e.Message, StringComparison.Ordinal);
        // The list of models alone proves nothing: else the circuit would close, and open at the next job.
        var status = await services.Translator().CheckAsync(Token);
        Assert.False(status.Ready);
        Assert.Contains("max_tokens", status.Detail, StringComparison.Ordinal);
        Assert.Contains("Translation:OpenAi", status.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TranslateAsync_EveryAnswerIsCutOffByOurLimit_IsTheEnginesFault()
    {
        using var services = Services(
            new FakeServer("""{"choices":[{"message":{"role":"assistant","content":"<think>The"},"finish_reason":"length"}]}"""), ("Translation:OpenAi:MaxTokens", "3"));

        var e = await Assert.ThrowsAsync<EngineException>(async () => await services.Translator().TranslateAsync("Hello", "en", "es", Token));

        Assert.Equal(FailureKind.EngineDown, e.Kind);
        Assert.Contains("MaxTokens 3", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TranslateAsync_OnlyThisTextIsRefused_IsTheJobsFault()
    {
        using var services = Services(Server(body => !body.Contains("forbidden", StringComparison.Ordinal), """{"error":{"message":"content policy"}}"""));

        var e = await Assert.ThrowsAsync<EngineException>(async () => await services.Translator().TranslateAsync("forbidden", "en", "es", Token));

        Assert.Equal((FailureKind.BadJob, ErrorCode.TranslationFailed), (e.Kind, e.Code));
        Assert.EndsWith("content policy", e.Message, StringComparison.Ordinal);
        Assert.Equal("Hola", (await services.Translator().TranslateAsync("Hello", "en", "es", Token)).Text);
    }

    [Fact]
    public async Task TranslateAsync_TemperatureIsRefusedAndNotConfigured_IsLeftOutFromThenOn()
    {
        var server = Server(body => !body.Contains("temperature", StringComparison.Ordinal), """{"error":{"message":"Unsupported value: 'temperature'"}}""");
        using var services = Services(server);

        Assert.Equal("Hola", (await services.Translator().TranslateAsync("Hello", "en", "es", Token)).Text);
        var asked = server.Asked.Count;
        Assert.Equal("Hola", (await services.Translator().TranslateAsync("Hello again", "en", "es", Token)).Text);

        Assert.Equal(asked + 1, server.Asked.Count);
    }

    [Fact]
    public async Task PassesTestAsync_ServerTranslates_Passes()
    {
        using var services = Services(Server(_ => true, ""));
        Assert.True(await services.Translator().PassesTestAsync(Token));
        using var broken = Services(Server(_ => false, "{}"));
        Assert.False(await broken.Translator().PassesTestAsync(Token));
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

    private static FakeServer Server(Func<string, bool> accepts, string refusal) => new(request =>
        request.Method == HttpMethod.Get ? FakeServer.Json("""{"data":[{"id":"demo"}]}""")
        : accepts(request.Content!.ReadAsStringAsync().Result) ? FakeServer.Json("""{"choices":[{"message":{"role":"assistant","content":"Hola"},"finish_reason":"stop"}]}""")
        : FakeServer.Json(refusal, HttpStatusCode.BadRequest));

    private static ServiceProvider Services(FakeServer server, params (string, string)[] settings) => TestServices.Translation(
        server,
        OpenAiTranslator.ClientName,
        null,
        [("Translation:Engine", "openai"), ("Translation:OpenAi:Model", "demo"), ("Translation:OpenAi:BaseAddress", "http://llm.test/v1"), .. settings]);
}
