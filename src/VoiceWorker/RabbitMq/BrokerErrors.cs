using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace VoiceWorker.Host.RabbitMq;

/// <summary>What the client's exceptions mean.</summary>
internal static class BrokerErrors
{
    /// <summary>Whether the channel or the connection is gone: the work may be repeated on another one.</summary>
    public static bool IsLoss(Exception e) =>
        e is OperationInterruptedException or ObjectDisposedException or IOException or ChannelClosedException or TimeoutException;

    /// <summary>Whether the broker closed just this channel: something that was asked of it was wrong.</summary>
    public static bool ClosedByBroker(IChannel channel, IConnection connection) =>
        connection.IsOpen && channel.CloseReason is { Initiator: ShutdownInitiator.Peer };

    /// <summary>The words of the innermost cause; the client wraps them several times.</summary>
    public static string Words(Exception e) => e.GetBaseException().Message;
}
