using System.Net.Sockets;
using RabbitMQ.Client;

namespace VoiceWorker.Host.RabbitMq;

/// <summary>A socket whose stream gathers small messages.</summary>
/// <param name="socket">The socket.</param>
internal sealed class GatheringSocket(Socket socket) : TcpClientAdapter(socket)
{
    public override NetworkStream GetStream() => new GatheringStream(Client);
}
