using System.Net;
using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.LibreTranslate;

namespace VoiceWorker.UnitTests.Translating;

/// <summary>Faults as every HTTP engine meets them, seen through one of them.</summary>
public sealed class HttpFaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400, FailureKind.BadJob, ErrorCode.TranslationFailed)]
    [InlineData(422, FailureKind.BadJob, ErrorCode.TranslationFailed)]
    [InlineData(413, FailureKind.BadJob, ErrorCode.InputTooLarge)]
    [InlineData(408, FailureKind.Transient, ErrorCode.EngineUnavailable)]
    [InlineData(429, FailureKind.Transient, ErrorCode.EngineUnavailable)]
    [InlineData(500, FailureKind.Transient, ErrorCode.EngineUnavailable)]
    [InlineData(503, FailureKind.Transient, ErrorCode.EngineUnavailable)]
    [InlineData(302, FailureKind.EngineDown, ErrorCode.EngineUnavailable)]
    [InlineData(401, FailureKind.EngineDown, ErrorCode.EngineUnavailable)]
    [InlineData(403, FailureKind.EngineDown, ErrorCode.EngineUnavailable)]
    [InlineData(404, FailureKind.EngineDown, ErrorCode.EngineUnavailable)]
    public async Task TranslateAsync_ErrorStatus_HasItsMeaning(int status, FailureKind kind, ErrorCode code)
    {
        var e = await FaultOf(new FakeServer("{}", (HttpStatusCode)status));

        Assert.Equal((kind, code), (e.Kind, e.Code));
        Assert.Contains($"HTTP {status}", e.Message, StringComparison.Ordinal);
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

        Assert.Equal((FailureKind.Transient, "LibreTranslate did not answer in time."), (e.Kind, e.Message));
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
        Assert.EndsWith($"(HTTP 400): {words}", (await FaultOf(new FakeServer(body, HttpStatusCode.BadRequest))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task TranslateAsync_ServerExplainsWildly_QuotesOneShortLine()
    {
        var e = await FaultOf(new FakeServer("{\"error\":\"a\\r\\n\\u001b[31mb" + new string('c', 5000) + "\"}", HttpStatusCode.BadRequest));

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

    private static async Task<EngineException> FaultOf(FakeServer server, params (string, string)[] settings)
    {
        using var services = Services(server, settings);
        return await Assert.ThrowsAsync<EngineException>(async () => await services.Translator().TranslateAsync("x", "en", "es", Token));
    }

    private static Microsoft.Extensions.DependencyInjection.ServiceProvider Services(FakeServer server, params (string, string)[] settings) =>
        TestServices.Translation(server, LibreTranslateTranslator.ClientName, null, [("Translation:Engine", "libretranslate"), .. settings]);
}
