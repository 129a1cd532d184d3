using System.Diagnostics.CodeAnalysis;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using VoiceWorker.Core.Ports;
using VoiceWorker.RabbitMq.Connection;

namespace VoiceWorker.RabbitMq.Publishing;

/// <summary>Sends one message: on the channel that all share, or alone, to find the one that breaks it.</summary>
internal sealed class MessageSender(BrokerConnector connector) : IDisposable
{
    /// <summary>A channel on which a message is sent once its confirm is there; limits are <see cref="PublishSlots"/>' business.</summary>
    public static readonly CreateChannelOptions Confirmed =
        new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null);

    private readonly SemaphoreSlim _alone = new(1);

    /// <summary>Sends a message on a channel and returns once the broker has it.</summary>
    /// <exception cref="ReplyUndeliverableException">The client cannot write it.</exception>
    /// <exception cref="UnconfirmedException">The copy of a job was not confirmed in time, and may still be.</exception>
    /// <exception cref="PublishException">No queue takes it, or the broker refuses it for now.</exception>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "What the client cannot write it will never write.")]
    public static async ValueTask SendAsync(IChannel channel, Publication message, CancellationToken cancellationToken)
    {
        try
        {
            if (message.IsCopyOfJob)
                await SendOnceAsync(channel, message, cancellationToken);
            else
                await channel.BasicPublishAsync(message.Exchange, message.RoutingKey, message.Mandatory, message.Properties, message.Body, cancellationToken);
        }
        catch (Exception e) when (!BrokerErrors.IsLoss(e) && e is not (OperationCanceledException or PublishException or UnconfirmedException))
        {
            throw new ReplyUndeliverableException($"The message cannot be written: {BrokerErrors.Words(e)}");
        }
    }

    /// <summary>Sends a message on a connection of its own: the last one was closed for one of those that were on their way.</summary>
    /// <returns>Whether the broker has it; false when the connection was lost for another reason.</returns>
    /// <exception cref="ReplyUndeliverableException">The broker closes this connection, too, or its channel.</exception>
    public async ValueTask<bool> TrySendOnOwnConnectionAsync(Publication message, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await connector.ConnectAsync("publish one", cancellationToken);
            return await TrySendAloneAsync(connection.Client, message, cancellationToken);
        }
        catch (Exception e) when (BrokerErrors.IsLoss(e))
        {
            return false;
        }
    }

    /// <summary>Sends a message on a channel of its own: the last one was closed for one of those that were on their way.</summary>
    /// <returns>Whether the broker has it; false when the channel was lost for another reason.</returns>
    /// <exception cref="ReplyUndeliverableException">The broker closes this channel, too.</exception>
    /// <exception cref="EngineException">The worker's user may not write there.</exception>
    public async ValueTask<bool> TrySendAloneAsync(IConnection connection, Publication message, CancellationToken cancellationToken)
    {
        await _alone.WaitAsync(cancellationToken);
        try
        {
            await using var channel = await connection.CreateChannelAsync(Confirmed, cancellationToken);
            try
            {
                await SendAsync(channel, message, cancellationToken);
                return true;
            }
            catch (Exception e) when (BrokerErrors.IsLoss(e) && (BrokerErrors.ClosedByBroker(channel, connection) || BrokerErrors.ClosedForMessage(connection)))
            {
                throw BrokerErrors.Refusal(channel.CloseReason ?? connection.CloseReason!, message.RoutingKey);
            }
        }
        catch (Exception e) when (BrokerErrors.IsLoss(e))
        {
            return false;
        }
        finally
        {
            _alone.Release();
        }
    }

    public void Dispose() => _alone.Dispose();

    private static async ValueTask SendOnceAsync(IChannel channel, Publication message, CancellationToken cancellationToken)
    {
        var publish = channel.BasicPublishAsync(message.Exchange, message.RoutingKey, message.Mandatory, message.Properties, message.Body, CancellationToken.None).AsTask();
        try
        {
            await publish.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException e) when (!publish.IsCompleted)
        {
            throw new UnconfirmedException(e.Message, publish);
        }
    }
}
