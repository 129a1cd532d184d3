using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VoiceWorker.IntegrationTests.Broker;

/// <summary>One connection through the proxy.</summary>
internal sealed class ProxyLink(TcpClient client, ProxyMode toBroker, ProxyMode toClient) : IDisposable
{
    private const int MaxGreeting = 4096;

    private readonly TcpClient _broker = new();
    private readonly StringBuilder _greeting = new();
    private ProxyMode _toBroker = toBroker;
    private ProxyMode _toClient = toClient;

    /// <summary>What the client does to the broker.</summary>
    public ProxyMode ToBroker
    {
        get => Volatile.Read(ref _toBroker);
        set => Volatile.Write(ref _toBroker, value);
    }

    /// <summary>What the broker does to the client.</summary>
    public ProxyMode ToClient
    {
        get => Volatile.Read(ref _toClient);
        set => Volatile.Write(ref _toClient, value);
    }

    /// <summary>The first bytes of the client, with its connection's name among them.</summary>
    public string Greeting
    {
        get
        {
            lock (_greeting)
                return _greeting.ToString();
        }
    }

    public async Task RunAsync(int target)
    {
        try
        {
            await _broker.ConnectAsync(IPAddress.Loopback, target);
            client.NoDelay = _broker.NoDelay = true;
            await await Task.WhenAny(
                PumpAsync(client.GetStream(), _broker.GetStream(), () => ToBroker, mode => ToBroker = mode, keepGreeting: true),
                PumpAsync(_broker.GetStream(), client.GetStream(), () => ToClient, mode => ToClient = mode, keepGreeting: false));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One of the ends is gone; so is the other, as the link is disposed.
        }
    }

    /// <summary>Breaks the connection with a TCP reset on both ends.</summary>
    public void Reset()
    {
        foreach (var end in new[] { client, _broker })
        {
            try
            {
                end.Client?.Close(0);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // Closed by the other side at the same time.
            }
        }
    }

    public void Dispose()
    {
        client.Dispose();
        _broker.Dispose();
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, Func<ProxyMode> mode, Action<ProxyMode> change, bool keepGreeting)
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var limit = Math.Min(buffer.Length, mode().BytesPerSecond / 10 ?? buffer.Length);
            var count = await from.ReadAsync(buffer.AsMemory(0, Math.Max(limit, 1)));
            if (count == 0)
                return;
            if (keepGreeting)
                Remember(buffer.AsSpan(0, count));
            var now = mode();
            if (now.CutAfter is { } left)
            {
                if (count > left)
                {
                    Reset();
                    return;
                }

                change(now with { CutAfter = left - count });
            }

            if (now.HeldUntil is { } until)
                await until;
            if (!now.Drop)
                await to.WriteAsync(buffer.AsMemory(0, count));
            if (now.BytesPerSecond is { } speed)
                await Task.Delay(TimeSpan.FromSeconds((double)count / speed));
        }
    }

    private void Remember(ReadOnlySpan<byte> bytes)
    {
        lock (_greeting)
        {
            if (_greeting.Length < MaxGreeting)
                _greeting.Append(Encoding.Latin1.GetString(bytes));
        }
    }
}
