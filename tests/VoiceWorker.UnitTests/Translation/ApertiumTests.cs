using System.Text.Json;
using System.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.Apertium;

namespace VoiceWorker.UnitTests.Translating;

public sealed class ApertiumTests
{
    private const string Pairs = """
        {"responseData": [{"sourceLanguage": "spa", "targetLanguage": "eng"}, {"sourceLanguage": "es", "targetLanguage": "en"},
                          {"sourceLanguage": "spa", "targetLanguage": "eng_US"}, {"sourceLanguage": "es", "targetLanguage": "en_US"},
                          {"sourceLanguage": "eng", "targetLanguage": "spa"}, {"sourceLanguage": "en", "targetLanguage": "es"}],
         "responseDetails": null, "responseStatus": 200}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TranslateAsync_KnownPair_SendsTheDocumentedForm()
    {
        var server = Server(_ => "casa");
        using var services = Services(server);

        Assert.Equal(new TranslatedText("casa\n", "en"), await services.Translator().TranslateAsync("a house & más\n", "en", "es", Token));

        Assert.Equal(["GET /base/listPairs?include_deprecated_codes=1", "POST /base/translate"], server.Asked);
        Approval.Verify(server.Bodies[1].Replace("&", "\n&", StringComparison.Ordinal), "apertium");
    }

    [Fact]
    public async Task TranslateAsync_PairMissing_ListsWhatThereIs()
    {
        using var services = Services(Server(_ => ""));

        var e = await Assert.ThrowsAsync<EngineException>(async () => await services.Translator().TranslateAsync("x", "en", "fr", Token));

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedLanguage), (e.Kind, e.Code));
        Assert.Equal("Apertium does not translate from en to fr; it has en-es, es-en, es-en_US.", e.Message);
    }

    [Fact]
    public async Task TranslateAsync_PairMissing_IsLookedUpAgainAfterTenSeconds()
    {
        var time = new FakeTimeProvider();
        var server = Server(_ => "");
        using var services = Services(server, time);
        var translator = services.Translator();
        async Task Miss() => await Assert.ThrowsAsync<EngineException>(async () => await translator.TranslateAsync("x", "en", "fr", Token));

        await Miss();
        await Miss();
        Assert.Single(server.Asked);
        time.Advance(TimeSpan.FromSeconds(10));
        await Miss();
        Assert.Equal(2, server.Asked.Count);
    }

    [Fact]
    public async Task TranslateAsync_SourceUnknown_AsksForIt()
    {
        using var services = Services(Server(_ => ""));

        var e = await Assert.ThrowsAsync<EngineException>(async () => await services.Translator().TranslateAsync("x", null, "es", Token));

        Assert.Equal((FailureKind.BadJob, ErrorCode.UnsupportedLanguage), (e.Kind, e.Code));
        Assert.Contains("source_lang", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TranslateAsync_LongText_LosesNothing()
    {
        var text = "  " + string.Join("\n", Enumerable.Range(0, 40).Select(line => string.Concat(Enumerable.Repeat($"Sentence {line} is here. ", 20)))) + "\n";
        var server = Server(piece => piece.Trim());
        using var services = Services(server);

        var translated = await services.Translator().TranslateAsync(text, "en", "es", Token);

        Assert.Equal(text, translated.Text);
        Assert.True(server.Bodies.Count > 10);
        Assert.All(server.Bodies.Skip(1), body => Assert.InRange(Text(body).Length, 1, ApertiumClient.MaxCharacters));
    }

    [Theory]
    [InlineData("the Zorblax works", "El *Zorblax #trabajar @x", "El Zorblax trabajar x")]
    [InlineData("5*3 of zorblax", "5*3 De *Zorblax", "5*3 De Zorblax")]
    [InlineData("a *big* *Zorblax", "Un *grande* *Zorblax", "Un *grande* *Zorblax")]
    [InlineData("mail me@x.com #now", "correo me@x.com #ahora *x", "correo me@x.com #ahora x")]
    [InlineData("plain", "llano", "llano")]
    public async Task TranslateAsync_MarkedWords_LoseOnlyTheMarks(string source, string answered, string expected)
    {
        using var services = Services(Server(_ => answered));

        Assert.Equal(expected, (await services.Translator().TranslateAsync(source, "en", "es", Token)).Text);
    }

    [Fact]
    public async Task CheckAsync_NoPairs_SaysHowToMendIt()
    {
        using var services = Services(new FakeServer("""{"responseData": []}"""));

        var status = await services.Translator().CheckAsync(Token);

        Assert.False(status.Ready);
        Assert.Contains("apertium-eng-spa", status.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_Refused_NamesTheAddress()
    {
        using var services = Services(new FakeServer(_ => throw new HttpRequestException(HttpRequestError.ConnectionError)));

        var status = await services.Translator().CheckAsync(Token);

        Assert.False(status.Ready);
        Assert.Contains("http://apy.test/base/", status.Remedy, StringComparison.Ordinal);
    }

    private static string Text(string form) => HttpUtility.ParseQueryString(form)["q"]!;

    private static FakeServer Server(Func<string, string> translate) => new(request =>
    {
        if (request.Method == HttpMethod.Get)
            return FakeServer.Json(Pairs);
        var text = JsonSerializer.Serialize(translate(Text(request.Content!.ReadAsStringAsync().Result)));
        return FakeServer.Json($$"""{"responseData": {"translatedText": {{text}} }, "responseDetails": null, "responseStatus": 200}""");
    });

    private static ServiceProvider Services(FakeServer server, TimeProvider? time = null) => TestServices.Translation(
        server, ApertiumClient.ClientName, time, ("Translation:Apertium:BaseAddress", "http://apy.test/base"));
}
