using System.Net;
using System.Net.Http.Headers;
using VoiceWorker.Whisper.Ggml;

namespace VoiceWorker.Host.Cli.Models;

/// <summary>Fetches one model file over HTTP, in as many parts as it takes (RFC 9110, range requests).</summary>
/// <param name="client">Made by <see cref="CreateClient"/>.</param>
/// <param name="options">Retries and time-out.</param>
/// <param name="report">Told the bytes that are there and the bytes there will be.</param>
internal sealed class ModelDownload(HttpClient client, ModelPullOptions options, Action<long, long> report)
{
    private const int MaxRedirects = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private string? _statedChecksum;

    /// <summary>A client that leaves redirects to this class, which reads their headers.</summary>
    public static HttpClient CreateClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(30) }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Fetches a file and verifies it. What has arrived waits beside it as <c>.part</c> for the next attempt.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="target">Where it goes; replaced in one step when the new file is verified.</param>
    /// <param name="checksum">What it must be; null for what the server states, if it does.</param>
    /// <param name="cancellationToken">Ends the download; what has arrived stays.</param>
    /// <returns>The checksum that was verified; null when there was none to compare with.</returns>
    /// <exception cref="IOException">The file is not there, did not arrive, or is not what it should be.</exception>
    public async Task<string?> FetchAsync(Uri address, string target, string? checksum, CancellationToken cancellationToken)
    {
        var part = target + ".part";
        for (var retry = 0; ; retry++)
        {
            try
            {
                await ReceiveAsync(address, part, cancellationToken);
                break;
            }
            catch (Exception exception) when (IsInterruption(exception, cancellationToken))
            {
                if (retry >= options.Retries)
                    throw new IOException($"{address}: the download was interrupted {retry + 1} times, at last by: {exception.Message} What has arrived is kept; start again to go on.", exception);
                await Task.Delay(Pause, cancellationToken);
            }
        }

        return await AcceptAsync(address, part, target, checksum, cancellationToken);
    }

    private async Task ReceiveAsync(Uri address, string part, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stall.CancelAfter(options.StallTimeout);
        using var response = await GetAsync(address, file.Length, stall.Token);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // All of it has arrived already, or it is another file by now.
            if (response.Content.Headers.ContentRange?.Length != file.Length)
                file.SetLength(0);
            if (file.Length > 0)
                return;
            throw new HttpIOException(HttpRequestError.InvalidResponse, "the part that was there does not belong to this file");
        }

        if (!response.IsSuccessStatusCode)
            throw Refusal(address, response);
        // A server that knows no ranges begins again.
        var from = response.StatusCode == HttpStatusCode.PartialContent ? response.Content.Headers.ContentRange?.From ?? 0 : 0;
        file.SetLength(from);
        file.Position = from;
        var total = from + response.Content.Headers.ContentLength;
        await using var body = await response.Content.ReadAsStreamAsync(stall.Token);
        var buffer = new byte[1 << 17];
        for (int count; (count = await body.ReadAsync(buffer, stall.Token)) > 0; stall.CancelAfter(options.StallTimeout))
        {
            await file.WriteAsync(buffer.AsMemory(0, count), stall.Token);
            report(file.Position, total ?? file.Position);
        }
    }

    private async Task<HttpResponseMessage> GetAsync(Uri address, long from, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (from > 0)
                request.Headers.Range = new RangeHeaderValue(from, null);
            var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            // Hugging Face states the SHA-256 of a large file so, before it redirects to the file's store.
            if (response.Headers.TryGetValues("X-Linked-ETag", out var tags) && tags.First().Trim('"') is var tag && Checksum.IsOne(tag))
                _statedChecksum = tag;
            if (response.Headers.Location is not { } location || (int)response.StatusCode is < 300 or > 399 || redirects == MaxRedirects)
                return response;
            address = new Uri(address, location);
            response.Dispose();
        }
    }

    private async Task<string?> AcceptAsync(Uri address, string part, string target, string? checksum, CancellationToken cancellationToken)
    {
        checksum ??= _statedChecksum;
        try
        {
            if (checksum is not null)
                Checksum.ThrowIfDifferent(checksum, await Checksum.OfAsync(part, cancellationToken), address.ToString());
            GgmlFile.Verify(part);
        }
        catch (Exception exception) when (exception is GgmlFormatException or IOException)
        {
            File.Delete(part);
            throw exception is GgmlFormatException ? new IOException($"{address} is no sound model: {exception.Message}", exception) : exception;
        }

        File.Move(part, target, overwrite: true);
        return checksum;
    }

    private static bool IsInterruption(Exception exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && exception is HttpRequestException or HttpIOException or OperationCanceledException;

    // Worth another try: 5xx, too many requests, time-out. Anything else will not change.
    private static Exception Refusal(Uri address, HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.NotFound => new IOException($"{address} does not exist. Names are those of whisper.cpp: tiny, base, small, medium, large-v3, large-v3-turbo, with .en for English only and -q5_1 or -q8_0 for quantized ones. Another place is set with --{ModelPullOptions.Section}:{nameof(ModelPullOptions.BaseAddress)}=…"),
        >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout => new HttpRequestException($"the server answered {(int)response.StatusCode} {response.ReasonPhrase}."),
        _ => new IOException($"{address}: the server answered {(int)response.StatusCode} {response.ReasonPhrase}."),
    };
}
