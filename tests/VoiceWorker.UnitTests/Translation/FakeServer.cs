using System.Net;
using System.Text;

namespace VoiceWorker.UnitTests.Translating;

/// <summary>Answers HTTP requests in process and keeps what was asked.</summary>
internal sealed class FakeServer(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    /// <summary>Answers everything with JSON.</summary>
    public FakeServer(string json, HttpStatusCode status = HttpStatusCode.OK)
        : this(_ => Json(json, status))
    {
    }

    /// <summary>Method and path with query of every request, in order.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>The body of every request, in order.</summary>
    public List<string> Bodies { get; } = [];

    /// <summary>The Authorization header of the last request.</summary>
    public string? Authorization { get; private set; }

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        lock (Asked)
        {
            Asked.Add($"{request.Method} {request.RequestUri!.PathAndQuery}");
            Bodies.Add(body);
            Authorization = request.Headers.Authorization?.ToString();
        }

        cancellationToken.ThrowIfCancellationRequested();
        return answer(request);
    }
}
