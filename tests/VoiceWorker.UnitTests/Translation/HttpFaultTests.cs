using System.Net;
using System.Text.Json.Nodes;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.LibreTranslate;

namespace VoiceWorker.UnitTests.Translating;

/// <summary>Faults as every HTTP engine meets them, seen through one of them.</summary>
public sealed class HttpFaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400, FailureKind.BadJob, ErrorCode.TranslationFailed)]
    [InlineData(401, FailureKind.BadJob, ErrorCode.TranslationFailed)]
    [InlineData(403, FailureKind.BadJob, ErrorCode.TranslationFailed)]
    [InlineData(404, FailureKind.BadJob, ErrorCode.TranslationFailed)]
    [InlineData(405, FailureKind.BadJob, ErrorCode.TranslationFailed)]
    [InlineData(422, FailureKind.BadJob, ErrorCode.TranslationFailed)]
    [InlineData(501, FailureKind.BadJob, ErrorCode.TranslationFailed)]
    [InlineData(413, FailureKind.BadJob, ErrorCode.InputTooLarge)]
    [InlineData(408, FailureKind.Transient, ErrorCode.EngineUnavailable)]
    [InlineData(429, FailureKind.Transient, ErrorCode.EngineUnavailable)]
    [InlineData(500, FailureKind.Transient, ErrorCode.EngineUnavailable)]
    [InlineData(503, FailureKind.Transient, ErrorCode.EngineUnavailable)]
    public async Task TranslateAsync_OnlyThisTextIsRefused_IsTheJobsFault(int status, FailureKind kind, ErrorCode code)
    {
        var e = await FaultOf(Refusing("{}", status, text => text == "x"));

        Assert.Equal((kind, code), (e.Kind, e.Code));
        Assert.Contains($"HTTP {status}", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(413)]
    [InlineData(422)]
    [InlineData(501)]
    public async Task TranslateAsync_EveryTextIsRefused_IsTheEnginesFault(int status)
    {
        var e = await FaultOf(Refusing("""{"error":"Please contact the server operator to get an API key"}""", status, _ => true));

        Assert.Equal((FailureKind.EngineDown, ErrorCode.EngineUnavailable), (e.Kind, e.Code));
        Assert.Contains($"HTTP {status}", e.Message, StringComparison.Ordinal);
        Assert.Contains("Translation:LibreTranslate: ApiKey", e.Message, StringComparison.Ordinal);
        Assert.Equal(status is not (401 or 403), e.Message.Contains("contact the server operator", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(413)]
    public async Task TranslateAsync_ListIsRefused_IsTheEnginesFault(int status) =>
        Assert.Equal(FailureKind.EngineDown, (await FaultOf(new FakeServer("{}", (HttpStatusCode)status))).Kind);

    [Fact]
    public async Task CheckAsync_AfterARefusal_IsReadyOnlyOnceATextIsTranslated()
    {
        var refuses = true;
        using var services = Services(Refusing("""{"error":"no key"}""", 400, _ => refuses));
        Assert.True((await services.Translator().CheckAsync(Token)).Ready);
        await Assert.ThrowsAsync<EngineException>(async () => await services.Translator().TranslateAsync("x", "en", "es", Token));

        var broken = await services.Translator().CheckAsync(Token);
        refuses = false;
        var mended = await services.Translator().CheckAsync(Token);

        Assert.Equal((false, true), (broken.Ready, mended.Ready));
        Assert.Contains("no key", broken.Detail, StringComparison.Ordinal);
        Assert.Contains("Translation:LibreTranslate:ApiKey", broken.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError, FailureKind.EngineDown)]
    [InlineData(HttpRequestError.NameResolutionError, FailureKind.EngineDown)]
    [InlineData(HttpRequestError.SecureConnectionError, FailureKind.EngineDown)]
    [InlineData(HttpRequestError.ResponseEnded, FailureKind.Transient)]
    [InlineData(HttpRequestError.InvalidResponse, FailureKind.Transient)]
    public async Task TranslateAsync_NoAnswer_HasItsMeaning(HttpRequestError error, FailureKind kind) =>
        Assert.Equal(kind, (await FaultOf(new FakeServer(_ => throw new HttpRequestException(error)))).Kind);

    [Fact]
    public async Task TranslateAsync_TimeOut_IsTransient()
    {
        var e = await FaultOf(new FakeServer(_ => throw new TaskCanceledException("time-out", new TimeoutException())));

        Assert.Equal((FailureKind.Transient, ErrorCode.StageTimeout, "LibreTranslate did not answer in time."), (e.Kind, e.Code, e.Message));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("<html>")]
    [InlineData("[{}]")]
    [InlineData("""[{"code":null}]""")]
    [InlineData("""{"code":"en"}""")]
    public async Task TranslateAsync_NotThePromisedJson_IsTransient(string answer)
    {
        var e = await FaultOf(new FakeServer(answer));

        Assert.Equal(FailureKind.Transient, e.Kind);
        Assert.StartsWith("LibreTranslate sent an answer that cannot be read", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TranslateAsync_AnswerTooLarge_IsTransient()
    {
        var e = await FaultOf(new FakeServer(new string(' ', 2000)), ("Translation:LibreTranslate:MaxResponseBytes", "1024"));

        Assert.Equal((FailureKind.Transient, "LibreTranslate sent a larger answer than the worker takes."), (e.Kind, e.Message));
    }

    [Theory]
    [InlineData("""{"error":"xx is not supported"}""", "xx is not supported")]
    [InlineData("""{"error":{"message":"too long","type":"invalid"}}""", "too long")]
    [InlineData("""{"status":"error","explanation":"That pair is not installed"}""", "That pair is not installed")]
    [InlineData("""{"detail":"no such field"}""", "no such field")]
    public async Task TranslateAsync_ServerExplains_QuotesIt(string body, string words) =>
        Assert.EndsWith($"(HTTP 400): {words}", (await FaultOf(Refusing(body, 400, text => text == "x"))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task TranslateAsync_ServerExplainsWildly_QuotesOneShortLine()
    {
        var e = await FaultOf(Refusing("{\"error\":\"a\\r\\n\\u001b[31mb" + new string('c', 5000) + "\"}", 400, text => text == "x"));

        Assert.DoesNotContain(e.Message, char.IsControl);
        Assert.InRange(e.Message.Length, 100, 300);
    }

    [Fact]
    public async Task TranslateAsync_KeyRefused_KeepsTheKeyToItself()
    {
        var e = await FaultOf(
            new FakeServer("""{"error":"Incorrect API key provided: secret-123"}""", HttpStatusCode.Unauthorized),
            ("Translation:LibreTranslate:ApiKey", "secret-123"));

        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TranslateAsync_JobCancelled_IsNoFaultOfTheEngine()
    {
        using var job = new CancellationTokenSource();
        using var services = Services(new FakeServer(_ =>
        {
            job.Cancel();
            throw new TaskCanceledException();
        }), ("Translation:Cache:Enabled", "false"));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await services.Translator().TranslateAsync("x", "en", "es", job.Token));
    }

    /// <summary>A server with all pairs that refuses some texts.</summary>
    private static FakeServer Refusing(string body, int status, Func<string, bool> refuses) => new(request =>
    {
        if (request.Method == HttpMethod.Get)
            return FakeServer.Json("""[{"code":"en"},{"code":"es"}]""");
        var text = JsonNode.Parse(request.Content!.ReadAsStringAsync().Result)!["q"]!.GetValue<string>();
        return refuses(text) ? FakeServer.Json(body, (HttpStatusCode)status) : FakeServer.Json("""{"translatedText":"hola"}""");
    });

    private static async Task<EngineException> FaultOf(FakeServer server, params (string, string)[] settings)
    {
        using var services = Services(server, settings);
        return await Assert.ThrowsAsync<EngineException>(async () => await services.Translator().TranslateAsync("x", "en", "es", Token));
    }

    private static Microsoft.Extensions.DependencyInjection.ServiceProvider Services(FakeServer server, params (string, string)[] settings) =>
        TestServices.Translation(server, LibreTranslateTranslator.ClientName, null, [("Translation:Engine", "libretranslate"), .. settings]);
}
