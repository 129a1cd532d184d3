using System.Net;
using System.Text.Json;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Engines.Http;

/// <summary>
/// What the faults of HTTP mean for a job: the one place where this is decided. The messages reach producers, so they
/// name no address and no key.
/// </summary>
internal static class HttpFaults
{
    /// <summary>The meaning of a request that got no answer.</summary>
    /// <param name="engine">The engine in human words, as the subject of a sentence.</param>
    /// <param name="exception">What HttpClient threw; not the caller's own cancellation.</param>
    public static EngineException OfException(string engine, Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } =>
            Down($"{engine} cannot be reached.", exception),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
            Unavailable($"{engine} sent a larger answer than the worker takes.", exception),
        OperationCanceledException => EngineException.Transient(ErrorCode.StageTimeout, $"{engine} did not answer in time.", exception),
        IOException or UnauthorizedAccessException => Down($"The key of {engine} cannot be read.", exception),
        _ => Unavailable($"{engine} broke off in the middle of an answer.", exception),
    };

    /// <summary>
    /// The meaning of an answer with an error status. A refusal counts as the job's fault here; whether others are refused
    /// as well is for <see cref="TrialRequest"/> to find out.
    /// </summary>
    /// <param name="engine">The engine in human words, as the subject of a sentence.</param>
    /// <param name="jobFault">The code for a job that the engine does not accept.</param>
    /// <param name="status">The answer's status.</param>
    /// <param name="body">The answer's body; its words are quoted where they speak of the job.</param>
    public static EngineException OfStatus(string engine, ErrorCode jobFault, HttpStatusCode status, ReadOnlyMemory<byte> body)
    {
        var code = (int)status;
        return code switch
        {
            501 or 505 => Refused(ServerExplanation.Of(body)),
            408 or 425 or 429 or >= 500 => Unavailable($"{engine} cannot answer now (HTTP {code}){ServerExplanation.Of(body)}"),
            413 => EngineException.BadJob(ErrorCode.InputTooLarge, $"{engine} does not take so much at once (HTTP 413){ServerExplanation.Of(body)}"),
            // A server's words about a key may contain it.
            401 or 403 or 407 => Refused(": the key or the address is not accepted."),
            _ => Refused(ServerExplanation.Of(body)),
        };

        EngineException Refused(string words) => EngineException.BadJob(
            jobFault, $"{engine} does not accept the request (HTTP {code}){words}", new HttpRequestException(HttpRequestError.Unknown, statusCode: status));
    }

    /// <summary>The meaning of an answer that is not what the protocol promises.</summary>
    public static EngineException OfMalformed(string engine, string what, Exception? cause = null) =>
        Unavailable($"{engine} sent an answer that cannot be read: {what}", cause);

    /// <inheritdoc cref="OfMalformed(string, string, Exception?)"/>
    public static EngineException OfMalformed(string engine, JsonException cause) =>
        OfMalformed(engine, cause.Path is { } path ? $"malformed JSON at {path}." : "malformed JSON.", cause);

    /// <summary>The engine does not work for anybody.</summary>
    public static EngineException Down(string message, Exception? cause = null) =>
        new(FailureKind.EngineDown, ErrorCode.EngineUnavailable, message, cause);

    private static EngineException Unavailable(string message, Exception? cause = null) =>
        EngineException.Transient(ErrorCode.EngineUnavailable, message, cause);
}
