using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.LibreTranslate;

namespace VoiceWorker.UnitTests.Translating;

public sealed class LibreTranslateTests
{
    private const string Languages = """
        [{"code":"en","name":"English","targets":["en","es","zh-Hans"]},{"code":"es","name":"Spanish","targets":["es","en"]}]
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TranslateAsync_KnownPair_SendsTheDocumentedBody()
    {
        var server = Server("""{"translatedText":"hola"}""");
        using var services = Services(server, ("Translation:LibreTranslate:ApiKey", "secret"));

        var translated = await services.Translator().TranslateAsync("hello \"you\" <b>", "en", "es", Token);

        Assert.Equal(new TranslatedText("hola", "en"), translated);
        Assert.Equal(["GET /languages", "POST /translate"], server.Asked);
        Approval.VerifyJson(System.Text.Encoding.UTF8.GetBytes(server.Bodies[1]), "libretranslate");
    }

    [Fact]
    public async Task TranslateAsync_SourceUnknown_ReturnsTheDetectedLanguage()
    {
        var server = Server("""{"translatedText":"hello","detectedLanguage":{"confidence":90.0,"language":"es"}}""");
        using var services = Services(server);

        var translated = await services.Translator().TranslateAsync("hola", null, "en", Token);

        Assert.Equal(new TranslatedText("hello", "es"), translated);
        Assert.Contains("\"source\":\"auto\"", server.Bodies[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task TranslateAsync_LanguageWithScriptOnly_UsesTheServersCode()
    {
        var server = Server("""{"translatedText":"你好"}""");
        using var services = Services(server);

        await services.Translator().TranslateAsync("hello", "en", "zh", Token);

        Assert.Contains("\"target\":\"zh-Hans\"", server.Bodies[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task TranslateAsync_PairMissing_ListsWhatThereIs()
    {
        using var services = Services(Server("{}"));

        var e = await Assert.ThrowsAsync<EngineException>(async () => await services.Translator().TranslateAsync("x", "es", "fr", Token));

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedLanguage), (e.Kind, e.Code));
        Assert.Equal("LibreTranslate does not translate from es to fr; it has auto-en, auto-es, en-es, en-zh-Hans, es-en.", e.Message);
    }

    [Fact]
    public async Task TranslateAsync_ListWithoutTargets_TakesAllPairs()
    {
        var server = new FakeServer(request => FakeServer.Json(
            request.Method == HttpMethod.Get ? """[{"code":"en"},{"code":"it"}]""" : """{"translatedText":"ciao"}"""));
        using var services = Services(server);

        Assert.Equal("ciao", (await services.Translator().TranslateAsync("hello", "en", "it", Token)).Text);
    }

    [Fact]
    public async Task TranslateAsync_KeyFileChanged_SendsTheNewKey()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "first\n", Token);
            var server = Server("""{"translatedText":"hola"}""");
            using var services = Services(server, ("Translation:LibreTranslate:ApiKeyFile", file));
            await services.Translator().TranslateAsync("one", "en", "es", Token);
            await File.WriteAllTextAsync(file, "second\n", Token);
            await services.Translator().TranslateAsync("two", "en", "es", Token);

            Assert.Contains("\"api_key\":\"first\"", server.Bodies[1], StringComparison.Ordinal);
            Assert.Contains("\"api_key\":\"second\"", server.Bodies[2], StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task TranslateAsync_KeyFileGone_IsNoJobsFault()
    {
        var file = Path.GetTempFileName();
        using var services = Services(Server("{}"), ("Translation:LibreTranslate:ApiKeyFile", file));
        var translator = services.Translator();
        await translator.CheckAsync(Token);
        _ = services.GetService(typeof(Microsoft.Extensions.Options.IOptions<LibreTranslateOptions>));
        File.Delete(file);

        var e = await Assert.ThrowsAsync<EngineException>(async () => await translator.TranslateAsync("x", "en", "es", Token));

        Assert.Equal(FailureKind.EngineDown, e.Kind);
    }

    [Fact]
    public async Task CheckAsync_Reachable_ListsThePairs()
    {
        using var services = Services(Server("{}"));

        var status = await services.Translator().CheckAsync(Token);

        Assert.True(status.Ready);
        Assert.Contains("en-es", status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_Refused_SaysHowToMendIt()
    {
        using var services = Services(new FakeServer(_ => throw new HttpRequestException(HttpRequestError.ConnectionError)));

        var status = await services.Translator().CheckAsync(Token);

        Assert.False(status.Ready);
        Assert.Contains("Translation:LibreTranslate:BaseAddress", status.Remedy, StringComparison.Ordinal);
    }

    private static FakeServer Server(string translation) => new(request =>
        FakeServer.Json(request.Method == HttpMethod.Get ? Languages : translation));

    private static Microsoft.Extensions.DependencyInjection.ServiceProvider Services(FakeServer server, params (string, string)[] settings) =>
        TestServices.Translation(server, LibreTranslateTranslator.ClientName, null, [("Translation:Engine", "libretranslate"), .. settings]);
}
