using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Prometheus;
using VoiceWorker.Audio.Wav;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Pooling;
using VoiceWorker.Core.Ports;
using VoiceWorker.Engines.OpenAi;
using VoiceWorker.Engines.Translation;

namespace VoiceWorker.IntegrationTests.Translating;

/// <summary>The adapters against servers that speak the documented protocols over real connections.</summary>
public sealed class HttpEngineTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task LibreTranslate_Server_TranslatesAndDetects()
    {
        await using var server = await TestServer.StartAsync(MapLibreTranslate);
        await using var services = Services(("Translation:Engine", "libretranslate"), ("Translation:LibreTranslate:BaseAddress", server.Address.ToString()));
        var translator = services.GetRequiredService<ITranslator>();

        Assert.Equal(new TranslatedText("es:hello", "en"), await translator.TranslateAsync("hello", "en", "es", Token));
        Assert.Equal(new TranslatedText("en:hola", "es"), await translator.TranslateAsync("hola", null, "en", Token));
        Assert.True((await translator.CheckAsync(Token)).Ready);
    }

    [Fact(Timeout = 180_000)]
    public async Task LibreTranslate_EightAtOnce_ShareFewConnections()
    {
        var connections = new ConcurrentDictionary<string, bool>();
        await using var server = await TestServer.StartAsync(application =>
        {
            application.Use(next => context =>
            {
                connections[context.Connection.Id] = true;
                return next(context);
            });
            MapLibreTranslate(application);
        });
        await using var services = Services(("Translation:Engine", "libretranslate"), ("Translation:LibreTranslate:BaseAddress", server.Address.ToString()));
        var translator = services.GetRequiredService<ITranslator>();

        for (var round = 0; round < 5; round++)
        {
            var texts = Enumerable.Range(0, 8).Select(i => $"text {round} {i}").ToArray();
            var translated = await Task.WhenAll(texts.Select(async text => (await translator.TranslateAsync(text, "en", "es", Token)).Text));
            Assert.Equal(texts.Select(text => "es:" + text), translated);
        }

        Assert.InRange(connections.Count, 1, 16);
    }

    [Fact(Timeout = 180_000)]
    public async Task LibreTranslate_Redirect_IsNotFollowed()
    {
        var asked = 0;
        await using var elsewhere = await TestServer.StartAsync(application => application.MapFallback(() => Interlocked.Increment(ref asked)));
        await using var server = await TestServer.StartAsync(application => application.MapFallback(() => Results.Redirect(elsewhere.Address.ToString(), preserveMethod: true)));
        await using var services = Services(("Translation:Engine", "libretranslate"), ("Translation:LibreTranslate:BaseAddress", server.Address.ToString()));

        var e = await FaultAsync(services);

        Assert.Equal(FailureKind.EngineDown, e.Kind);
        Assert.Contains("HTTP 307", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, asked);
    }

    [Fact(Timeout = 180_000)]
    public async Task LibreTranslate_Gone_IsDown()
    {
        var server = await TestServer.StartAsync(_ => { });
        await server.DisposeAsync();
        await using var services = Services(("Translation:Engine", "libretranslate"), ("Translation:LibreTranslate:BaseAddress", server.Address.ToString()));

        Assert.Equal(FailureKind.EngineDown, (await FaultAsync(services)).Kind);
    }

    [Fact(Timeout = 180_000)]
    public async Task LibreTranslate_Silent_IsTransient()
    {
        await using var server = await TestServer.StartAsync(application => application.MapFallback(async context => await Task.Delay(Timeout.Infinite, context.RequestAborted)));
        await using var services = Services(
            ("Translation:Engine", "libretranslate"), ("Translation:LibreTranslate:BaseAddress", server.Address.ToString()), ("Translation:LibreTranslate:Timeout", "00:00:00.200"));

        var e = await FaultAsync(services);

        Assert.Equal((FailureKind.Transient, "LibreTranslate did not answer in time."), (e.Kind, e.Message));
    }

    [Fact(Timeout = 180_000)]
    public async Task LibreTranslate_BreaksOff_IsTransient()
    {
        await using var server = await TestServer.StartAsync(application => application.MapFallback(async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("[", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
        }));
        await using var services = Services(("Translation:Engine", "libretranslate"), ("Translation:LibreTranslate:BaseAddress", server.Address.ToString()));

        Assert.Equal(FailureKind.Transient, (await FaultAsync(services)).Kind);
    }

    [Fact(Timeout = 180_000)]
    public async Task LibreTranslate_EndlessAnswer_IsCutOff()
    {
        await using var server = await TestServer.StartAsync(application => application.MapFallback(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.WriteAsync(new string(' ', 65_536), context.RequestAborted);
        }));
        await using var services = Services(
            ("Translation:Engine", "libretranslate"), ("Translation:LibreTranslate:BaseAddress", server.Address.ToString()), ("Translation:LibreTranslate:MaxResponseBytes", "1000000"));

        Assert.Equal("LibreTranslate sent a larger answer than the worker takes.", (await FaultAsync(services)).Message);
    }

    [Fact(Timeout = 180_000)]
    public async Task OpenAi_Server_TranslatesSpeaksAndRecognizes()
    {
        await using var server = await TestServer.StartAsync(MapOpenAi);
        var address = new Uri(server.Address, "v1").ToString();
        await using var services = Services(
            ("Translation:Engine", "openai"), ("Translation:OpenAi:BaseAddress", address), ("Translation:OpenAi:Model", "demo"), ("Translation:OpenAi:ApiKey", "secret"),
            ("Tts:OpenAi:BaseAddress", address), ("Tts:OpenAi:ApiKey", "secret"), ("Stt:OpenAi:BaseAddress", address), ("Stt:OpenAi:ApiKey", "secret"));

        Assert.Equal("[Spanish] hello", (await services.GetRequiredService<ITranslator>().TranslateAsync("hello", "en", "es", Token)).Text);
        var speech = await services.GetRequiredService<ISpeechSynthesizer>().SynthesizeAsync("hola", "es", null, null, Token);
        Assert.Equal((24_000, 8), (speech.SampleRate, speech.Pcm.Length));
        using var audio = Audio(16_000);
        var transcript = await services.GetRequiredService<ISpeechRecognizer>().RecognizeAsync(audio, "en", Token);
        Assert.Equal("audio.wav whisper-1 verbose_json en 32044", transcript.Text);
    }

    [Theory(Timeout = 180_000)]
    [InlineData("text/html", "<!DOCTYPE html><html>Welcome to nginx!</html>")]
    [InlineData("application/json", "")]
    [InlineData("application/json", "[]")]
    [InlineData("application/json", """{"choices":[{"message":{"role":"assistant","content":["hola"]}}]}""")]
    [InlineData("text/event-stream", "data: {\"choices\":[]}\n\ndata: [DONE]\n\n")]
    public async Task OpenAi_AnswerOfAnotherKind_IsTransient(string type, string body)
    {
        await using var server = await TestServer.StartAsync(application => application.MapFallback(() => Results.Text(body, type)));
        await using var services = Services(
            ("Translation:Engine", "openai"), ("Translation:OpenAi:BaseAddress", new Uri(server.Address, "v1").ToString()), ("Translation:OpenAi:Model", "demo"));

        Assert.Equal(FailureKind.Transient, (await FaultAsync(services)).Kind);
    }

    [Theory(Timeout = 180_000)]
    [InlineData("wav", "<html>busy</html>")]
    [InlineData("pcm", "<html>busy</html>")]
    [InlineData("pcm", "{\"error\":\"busy\"}")]
    [InlineData("pcm", "ID3\u0004 and so on")]
    [InlineData("pcm", "")]
    public async Task OpenAi_SpeechThatIsNone_IsTransient(string format, string body)
    {
        await using var server = await TestServer.StartAsync(application => application.MapFallback(() => Results.Text(body, "audio/wav")));
        await using var services = Services(("Tts:OpenAi:BaseAddress", new Uri(server.Address, "v1").ToString()), ("Tts:OpenAi:ResponseFormat", format));

        var e = await Assert.ThrowsAsync<EngineException>(async () => await services.GetRequiredService<ISpeechSynthesizer>().SynthesizeAsync("hola", "es", null, null, Token));

        Assert.Equal(FailureKind.Transient, e.Kind);
    }

    [Fact(Timeout = 180_000)]
    public async Task OpenAi_VoiceOfTheJobIsRefused_IsTheJobsFault()
    {
        await using var server = await TestServer.StartAsync(application => application.MapPost("/v1/audio/speech", async (HttpRequest request) =>
            (string?)(await JsonNode.ParseAsync(request.Body))!["voice"] == "alloy" ? Results.Bytes(StreamedWav(), "audio/wav") : Results.Text("""{"error":{"message":"no such voice"}}""", statusCode: 404)));
        await using var services = Services(("Tts:OpenAi:BaseAddress", new Uri(server.Address, "v1").ToString()));

        var e = await Assert.ThrowsAsync<EngineException>(async () => await services.GetRequiredService<ISpeechSynthesizer>().SynthesizeAsync("hola", "es", "nobody", null, Token));

        Assert.Equal(FailureKind.BadJob, e.Kind);
        Assert.EndsWith("no such voice", e.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 180_000)]
    public async Task OpenAi_WrongKey_IsDownAndTheDoctorSaysSo()
    {
        await using var server = await TestServer.StartAsync(MapOpenAi);
        await using var services = Services(
            ("Translation:Engine", "openai"), ("Translation:OpenAi:BaseAddress", new Uri(server.Address, "v1").ToString()),
            ("Translation:OpenAi:Model", "demo"), ("Translation:OpenAi:ApiKey", "wrong"));

        Assert.Equal(FailureKind.EngineDown, (await FaultAsync(services)).Kind);
        var status = await services.GetRequiredService<ITranslator>().CheckAsync(Token);
        Assert.False(status.Ready);
        Assert.Contains("ApiKeyFile", status.Remedy, StringComparison.Ordinal);
    }

    private static void MapLibreTranslate(WebApplication application)
    {
        application.MapGet("/languages", () => Results.Text("""[{"code":"en","name":"English","targets":["es"]},{"code":"es","name":"Spanish","targets":["en"]}]""", "application/json"));
        application.MapPost("/translate", async (HttpRequest request) =>
        {
            var body = (await JsonNode.ParseAsync(request.Body))!;
            var reply = new JsonObject { ["translatedText"] = $"{body["target"]}:{body["q"]}" };
            if ((string?)body["source"] == "auto")
                reply["detectedLanguage"] = new JsonObject { ["confidence"] = 90, ["language"] = "es" };
            return Results.Text(reply.ToJsonString(), "application/json");
        });
    }

    private static void MapOpenAi(WebApplication application)
    {
        application.Use(next => context =>
        {
            if (context.Request.Headers.Authorization == "Bearer secret")
                return next(context);
            context.Response.StatusCode = 401;
            return context.Response.WriteAsync("""{"error":{"message":"Incorrect API key provided"}}""");
        });
        application.MapPost("/v1/chat/completions", async (HttpRequest request) =>
        {
            var messages = (await JsonNode.ParseAsync(request.Body))!["messages"]!;
            var language = ((string)messages[0]!["content"]!).Split(" to ")[1].Split('.')[0];
            var reply = new JsonObject { ["choices"] = new JsonArray(new JsonObject { ["finish_reason"] = "stop", ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = $"[{language}] {messages[1]!["content"]}" } }) };
            return Results.Text(reply.ToJsonString(), "application/json");
        });
        application.MapPost("/v1/audio/speech", () => Results.Bytes(StreamedWav(), "audio/wav"));
        application.MapPost("/v1/audio/transcriptions", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            var file = form.Files["file"]!;
            var text = $"{file.FileName} {form["model"]} {form["response_format"]} {form["language"]} {file.Length}";
            return Results.Text(new JsonObject { ["text"] = text, ["language"] = "english" }.ToJsonString(), "application/json");
        });
    }

    /// <summary>24 kHz as OpenAI sends it: the sizes are not known when the header is written.</summary>
    private static byte[] StreamedWav()
    {
        var wav = WavWriter.Write([1, 2, 3, 4, 5, 6, 7, 8], 24_000);
        wav.AsSpan(4, 4).Fill(0xFF);
        wav.AsSpan(40, 4).Fill(0xFF);
        return wav;
    }

    private static DecodedAudio Audio(int samples)
    {
        var owner = new PooledMemory<float>(samples);
        owner.Memory.Span.Clear();
        return new DecodedAudio(owner, samples, "wav");
    }

    private static async Task<EngineException> FaultAsync(ServiceProvider services) => await Assert.ThrowsAsync<EngineException>(
        async () => await services.GetRequiredService<ITranslator>().TranslateAsync("hello", "en", "es", Token));

    private static ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IMetricFactory>(Metrics.WithCustomRegistry(Metrics.NewCustomRegistry()));
        return services.AddTranslation(configuration).AddOpenAiSpeech(configuration).AddOpenAiRecognition(configuration).BuildServiceProvider();
    }
}
