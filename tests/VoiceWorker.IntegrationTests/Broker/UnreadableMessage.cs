using System.Buffers.Binary;
using System.Net.Sockets;
using RabbitMQ.Client;

namespace VoiceWorker.IntegrationTests.Broker;

/// <summary>
/// A message that brokers take and RabbitMQ.Client cannot read: a header is a decimal number with 200 places, which AMQP
/// 0-9-1 allows and .NET does not know. It is made on its way, from one with 28.
/// </summary>
internal static class UnreadableMessage
{
    private const int Digits = 0x0BADF00D;

    public static async Task PublishAsync(RabbitMqNode node, string queue, Action<BasicProperties>? change = null)
    {
        var factory = new ConnectionFactory
        {
            HostName = "127.0.0.1",
            Port = node.Port,
            AutomaticRecoveryEnabled = false,
            SocketFactory = family => new PatchingSocket(new Socket(family, SocketType.Stream, ProtocolType.Tcp)),
        };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var properties = new BasicProperties { MessageId = "unreadable", Headers = new Dictionary<string, object?> { ["price"] = new decimal(Digits, 0, 0, false, 28) } };
        change?.Invoke(properties);
        await channel.BasicPublishAsync("", queue, mandatory: true, properties, new byte[] { 1 });
    }

    private sealed class PatchingSocket(Socket socket) : TcpClientAdapter(socket)
    {
        public override NetworkStream GetStream() => new PatchingStream(Client);
    }

    private sealed class PatchingStream(Socket socket) : NetworkStream(socket)
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            // The type D, the scale, the digits.
            Span<byte> number = [(byte)'D', 28, 0, 0, 0, 0];
            BinaryPrimitives.WriteInt32BigEndian(number[2..], Digits);
            var bytes = buffer.ToArray();
            var at = bytes.AsSpan().IndexOf(number);
            if (at >= 0)
                bytes[at + 1] = 200;
            return base.WriteAsync(bytes, cancellationToken);
        }
    }
}
