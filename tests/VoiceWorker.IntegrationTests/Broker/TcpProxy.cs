using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace VoiceWorker.IntegrationTests.Broker;

/// <summary>A bad network between the worker and the broker, on demand.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<ProxyLink, bool> _links = new();
    private readonly int _target;
    private readonly Task _accepting;

    public TcpProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where the worker connects to.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Whether new connections are taken.</summary>
    public bool Accepts { get; set; } = true;

    /// <summary>How new links start out, from the client to the broker and back.</summary>
    public (ProxyMode ToBroker, ProxyMode ToClient) Initial { get; set; } = (ProxyMode.Pass, ProxyMode.Pass);

    /// <summary>The connections that are open now.</summary>
    public IEnumerable<ProxyLink> Links => _links.Keys;

    /// <summary>The connections whose client gave itself a name with this in it.</summary>
    public IEnumerable<ProxyLink> LinksOf(string name) => Links.Where(link => link.Greeting.Contains(name, StringComparison.Ordinal));

    /// <summary>Breaks all connections at once, with a TCP reset.</summary>
    public void ResetAll()
    {
        foreach (var link in Links)
            link.Reset();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        ResetAll();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                if (Accepts)
                    _ = RunAsync(client);
                else
                    client.Dispose();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The proxy was disposed.
        }
    }

    private async Task RunAsync(TcpClient client)
    {
        using var link = new ProxyLink(client, Initial.ToBroker, Initial.ToClient);
        _links[link] = true;
        await link.RunAsync(_target);
        _links.TryRemove(link, out _);
    }
}
