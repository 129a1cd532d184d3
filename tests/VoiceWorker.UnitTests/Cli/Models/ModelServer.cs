using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace VoiceWorker.UnitTests.Cli.Models;

/// <summary>A web server on a port of its own that has one file, and every fault of a download.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<string> _ranges = [];

    private ModelServer(WebApplication app) => _app = app;

    public byte[] File { get; set; } = [];

    /// <summary>Bytes after which the connection breaks, for one answer each; then it holds.</summary>
    public Queue<int> Breaks { get; } = [];

    /// <summary>Whether it knows range requests.</summary>
    public bool KnowsRanges { get; set; } = true;

    /// <summary>What it says that the file's SHA-256 is, before it redirects.</summary>
    public string? StatedChecksum { get; set; }

    /// <summary>The Range header of each request for the file; empty without one.</summary>
    public IReadOnlyList<string> Ranges => _ranges;

    public Uri Address => new(_app.Urls.Single() + "/models/");

    public static async Task<ModelServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new ModelServer(app);
        app.MapGet("/models/ggml-tiny.bin", server.RedirectAsync);
        app.MapGet("/store/tiny", server.SendAsync);
        app.MapGet("/models/ggml-busy.bin", () => Results.StatusCode(503));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task RedirectAsync(HttpContext context)
    {
        if (StatedChecksum is not null)
            context.Response.Headers["X-Linked-ETag"] = $"\"{StatedChecksum}\"";
        context.Response.Redirect("/store/tiny");
        return Task.CompletedTask;
    }

    private async Task SendAsync(HttpContext context)
    {
        var range = context.Request.GetTypedHeaders().Range;
        _ranges.Add(range?.ToString() ?? "");
        var from = KnowsRanges ? (int)(range?.Ranges.Single().From ?? 0) : 0;
        if (from >= File.Length)
        {
            context.Response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            context.Response.Headers.ContentRange = $"bytes */{File.Length}";
            return;
        }

        if (from > 0)
        {
            context.Response.StatusCode = StatusCodes.Status206PartialContent;
            context.Response.Headers.ContentRange = $"bytes {from}-{File.Length - 1}/{File.Length}";
        }

        context.Response.ContentLength = File.Length - from;
        var count = Breaks.TryDequeue(out var most) ? Math.Min(most, File.Length - from) : File.Length - from;
        await context.Response.Body.WriteAsync(File.AsMemory(from, count));
        // Where that is less than announced, Kestrel closes the connection.
        await context.Response.Body.FlushAsync();
    }
}
