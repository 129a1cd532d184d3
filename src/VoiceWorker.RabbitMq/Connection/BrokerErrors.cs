using System.Net.Sockets;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.RabbitMq.Connection;

/// <summary>What the client's exceptions mean.</summary>
internal static class BrokerErrors
{
    /// <summary>Whether the channel or the connection is gone: the work may be repeated on another one.</summary>
    public static bool IsLoss(Exception e) =>
        e is OperationInterruptedException or ObjectDisposedException or IOException or ChannelClosedException or TimeoutException;

    /// <summary>Whether the broker closed just this channel: something that was asked of it was wrong.</summary>
    public static bool ClosedByBroker(IChannel channel, IConnection connection) =>
        connection.IsOpen && channel.CloseReason is { Initiator: ShutdownInitiator.Peer };

    /// <summary>Whether the broker closed the connection for what was sent on it, and not because it stops.</summary>
    public static bool ClosedForMessage(IConnection connection) =>
        connection.CloseReason is { Initiator: ShutdownInitiator.Peer, ReplyCode: not Constants.ConnectionForced };

    /// <summary>Whether the broker refused a message for now: a full queue, most often.</summary>
    public static bool IsRefusal(EngineException e) => e.InnerException is PublishException;

    /// <summary>What it means that the broker closed a channel or a connection for one message.</summary>
    public static Exception Refusal(ShutdownEventArgs reason, string routingKey) => reason.ReplyCode switch
    {
        // The same for every message: the worker's rights are wrong, not the job.
        Constants.AccessRefused => EngineException.Transient(ErrorCode.EngineUnavailable, $"The broker does not let the worker's user write: {BrokerErrorMessages.Of(reason)}"),
        _ => new ReplyUndeliverableException(
            $"The broker does not take the message for '{MessageIds.WithoutControls(routingKey)}': {BrokerErrorMessages.Of(reason)}",
            isTooLarge: reason.ReplyCode == Constants.PreconditionFailed && reason.ReplyText.Contains("message size", StringComparison.OrdinalIgnoreCase)),
    };

    /// <summary>Whether the client gave the connection up because it could not read what the broker sent.</summary>
    public static bool IsUnreadable(ShutdownEventArgs reason) =>
        reason is { Initiator: ShutdownInitiator.Library, Exception: { } cause }
        && cause.GetBaseException() is not (IOException or SocketException or ObjectDisposedException or OperationCanceledException or TimeoutException);

    /// <summary>The words of the innermost cause; the client wraps them several times. Refusals of the broker say what mends them.</summary>
    public static string Words(Exception e) => e.GetBaseException() switch
    {
        OperationInterruptedException { ShutdownReason: { Initiator: ShutdownInitiator.Peer } reason } => BrokerErrorMessages.Of(reason),
        var cause => cause.Message,
    };
}
