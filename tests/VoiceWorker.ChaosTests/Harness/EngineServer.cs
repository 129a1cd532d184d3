using System.Buffers.Binary;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using VoiceWorker.IntegrationTests.Translating;

namespace VoiceWorker.ChaosTests.Harness;

/// <summary>
/// Every engine of a worker behind one address, quick and obedient: a test says when they hang, fail or are away. The
/// worker reaches them through its own adapters for LibreTranslate and OpenAI-compatible servers.
/// </summary>
internal sealed class EngineServer : IAsyncDisposable
{
    private TestServer _server = null!;
    private int _spoken;
    private int _calls;

    /// <summary>What happens before a call is answered: it may wait, throw (which becomes HTTP 500), or kill the worker.</summary>
    public Func<EngineCall, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>How many samples the speech of a text has.</summary>
    public Func<string, int> SpeechLength { get; set; } = _ => 1600;

    /// <summary>Whether every request, the questions for health included, is turned away with HTTP 503.</summary>
    public bool Down { get; set; }

    /// <summary>How often an engine was asked to work.</summary>
    public int Calls => Volatile.Read(ref _calls);

    public static async Task<EngineServer> StartAsync()
    {
        var engines = new EngineServer();
        engines._server = await TestServer.StartAsync(engines.Map);
        return engines;
    }

    /// <summary>The settings of a worker that uses these engines.</summary>
    public IEnumerable<string> Settings() =>
    [
        "--Stt:Engine=openai", $"--Stt:OpenAi:BaseAddress={_server.Address}v1/",
        "--Translation:Engine=libretranslate", $"--Translation:LibreTranslate:BaseAddress={_server.Address}", "--Translation:Cache:Enabled=false",
        "--Tts:Engine=openai", $"--Tts:OpenAi:BaseAddress={_server.Address}v1/",
    ];

    /// <summary>Holds every call of a stage until the returned source is completed.</summary>
    public TaskCompletionSource Hold(string stage)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Before = (call, aborted) => call.Stage == stage ? release.Task.WaitAsync(aborted) : Task.CompletedTask;
        return release;
    }

    /// <summary>A WAV file of a soft tone, mono at 16 kHz.</summary>
    public static byte[] MakeWav(int samples)
    {
        var file = new byte[44 + (2 * samples)];
        "RIFF\0\0\0\0WAVEfmt "u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(20), 0x0001_0001);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), 16_000);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), 32_000);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(32), 0x0010_0002);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), 2 * samples);
        for (var i = 0; i < samples; i++)
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(44 + (2 * i)), (short)(3000 * Math.Sin(i * 0.17)));
        return file;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private void Map(WebApplication app)
    {
        app.Use((context, next) => Down ? Refuse(context) : next(context));
        app.MapGet("/v1/models", () => Results.Text("""{"data":[{"id":"whisper-1"},{"id":"tts-1"}]}""", "application/json"));
        app.MapGet("/languages", () => Results.Text("""[{"code":"en","targets":["en","es"]},{"code":"es","targets":["en","es"]}]""", "application/json"));
        app.MapPost("/v1/audio/transcriptions", async (HttpContext http) =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
            await BeforeAsync("transcribe", "", http);
            return Json(new { text = $"spoken {Interlocked.Increment(ref _spoken)}", language = "en", segments = Array.Empty<object>() });
        });
        app.MapPost("/translate", async (HttpContext http) =>
        {
            var text = await TextAsync(http, "q");
            await BeforeAsync("translate", text, http);
            return Json(new { translatedText = $"es: {text}" });
        });
        app.MapPost("/v1/audio/speech", async (HttpContext http) =>
        {
            var text = await TextAsync(http, "input");
            await BeforeAsync("synthesize", text, http);
            return Results.Bytes(MakeWav(SpeechLength(text)), "audio/wav");
        });
    }

    private async Task BeforeAsync(string stage, string text, HttpContext http)
    {
        Interlocked.Increment(ref _calls);
        await Before(new(stage, text), http.RequestAborted);
    }

    private static Task Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }

    private static async Task<string> TextAsync(HttpContext http, string field)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        return body.RootElement.GetProperty(field).GetString()!;
    }

    private static IResult Json<T>(T value) => Results.Text(JsonSerializer.Serialize(value), "application/json");
}
