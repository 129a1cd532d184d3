using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Engines.Http;

/// <summary>
/// Requests to one engine's server, with every fault turned into an <see cref="EngineException"/>. It never retries:
/// that is the pipeline's business, which knows the job's deadline.
/// </summary>
/// <param name="clients">Makes clients over pooled connections.</param>
/// <param name="client">The named client, which has the address, time-out, key and size limit.</param>
/// <param name="engine">The engine in human words, as the subject of a sentence.</param>
/// <param name="jobFault">The code for a job that the engine does not accept.</param>
internal sealed class EngineHttp(IHttpClientFactory clients, string client, string engine, ErrorCode jobFault)
{
    /// <summary>The engine in human words.</summary>
    public string Engine => engine;

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <returns>The body of an answer with a success status.</returns>
    /// <exception cref="EngineException">The server cannot be reached, is busy, or does not accept the request.</exception>
    public async Task<byte[]> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var http = clients.CreateClient(client);
            using var response = await http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.IsSuccessStatusCode ? body : throw HttpFaults.OfStatus(engine, jobFault, response.StatusCode, body);
        }
        catch (Exception e) when (IsFault(e, cancellationToken))
        {
            throw HttpFaults.OfException(engine, e);
        }
    }

    /// <summary>Sends a request and reads the answer as JSON.</summary>
    /// <exception cref="EngineException">As above; or the answer is not the JSON that the protocol promises.</exception>
    public async Task<T> SendAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var body = await SendAsync(request, cancellationToken);
        try
        {
            return Read(body);
        }
        catch (JsonException e)
        {
            try
            {
                return LooseJson.WithoutNaN(body) is { Length: > 0 } strict ? Read(strict) : throw HttpFaults.OfMalformed(engine, e);
            }
            catch (JsonException)
            {
                throw HttpFaults.OfMalformed(engine, e);
            }
        }

        T Read(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, type) ?? throw HttpFaults.OfMalformed(engine, "it is null.");
    }

    /// <summary>Reads JSON from an address below the client's base address, or from an absolute one.</summary>
    /// <exception cref="EngineException">As for <see cref="SendAsync{T}"/>, but a refusal is never a job's fault: the same is asked for every job.</exception>
    public async Task<T> GetAsync<T>(Uri address, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        try
        {
            return await SendAsync(request, type, cancellationToken);
        }
        catch (EngineException e) when (e.Kind == FailureKind.BadJob)
        {
            throw HttpFaults.Down($"{e.Message} Its address or key needs mending.", e.InnerException);
        }
    }

    /// <summary>Sends JSON and reads JSON.</summary>
    /// <exception cref="EngineException">As for <see cref="SendAsync{T}"/>.</exception>
    public async Task<TReply> PostAsync<TBody, TReply>(
        string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TReply> replyType, CancellationToken cancellationToken)
        where TReply : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonBody.Of(body, bodyType) };
        return await SendAsync(request, replyType, cancellationToken);
    }

    private static bool IsFault(Exception e, CancellationToken cancellationToken) => e switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        HttpRequestException or IOException or UnauthorizedAccessException => true,
        _ => false,
    };
}
