using System.Net;
using System.Text;
using VoiceWorker.IntegrationTests.Broker;

namespace VoiceWorker.IntegrationTests.Hosting;

/// <summary>An OTLP collector over HTTP that keeps what it gets.</summary>
internal sealed class CollectorStub : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly StringBuilder _received = new();

    public CollectorStub()
    {
        Address = new($"http://127.0.0.1:{FreePort.Next()}/");
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>Everything so far, bytes as Latin-1: names and ids stand in the protobuf as they are.</summary>
    public string Received
    {
        get
        {
            lock (_received)
                return _received.ToString();
        }
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var request = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await request.Request.InputStream.CopyToAsync(body);
                lock (_received)
                    _received.Append(request.Request.Url!.AbsolutePath).Append(' ').Append(Encoding.Latin1.GetString(body.ToArray()));
                request.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
