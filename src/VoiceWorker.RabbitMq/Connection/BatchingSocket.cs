using System.Net.Sockets;
using RabbitMQ.Client;

namespace VoiceWorker.RabbitMq.Connection;

/// <summary>A socket whose stream gathers small messages.</summary>
/// <param name="socket">The socket.</param>
internal sealed class BatchingSocket(Socket socket) : TcpClientAdapter(socket)
{
    public override NetworkStream GetStream() => new BatchingWriteStream(Client);
}
