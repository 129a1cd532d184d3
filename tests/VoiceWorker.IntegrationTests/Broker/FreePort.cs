using System.Net;
using System.Net.Sockets;

namespace VoiceWorker.IntegrationTests.Broker;

/// <summary>
/// Ports on loopback for programs that have to be told theirs. Not those that the kernel gives out: one of these may be
/// another program's by the time that the own one listens, and the test would talk to a stranger.
/// </summary>
internal static class FreePort
{
    private const int First = 10_000;
    private const int Count = 10_000;
    private const int OfAProcess = 500;

    // Test programs run side by side, so each begins elsewhere.
    private static int _last = Environment.ProcessId % (Count / OfAProcess) * OfAProcess;

    /// <summary>A port that nobody listens on, and that no other test of this process gets soon.</summary>
    public static int Next()
    {
        int port;
        do
        {
            port = First + (Interlocked.Increment(ref _last) % Count);
        }
        while (!IsFree(port));
        return port;
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
