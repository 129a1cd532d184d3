using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace VoiceWorker.RabbitMq.Connection;

/// <summary>
/// A channel for questions that the broker answers with a refusal, which costs the channel: the next question gets a new
/// one. For one caller at a time.
/// </summary>
/// <param name="connection">The connection, which the refusals leave open.</param>
/// <param name="options">The channel's options; null for a plain one.</param>
internal sealed class AskingChannel(IConnection connection, CreateChannelOptions? options = null) : IAsyncDisposable
{
    private IChannel? _channel;

    /// <summary>Asks.</summary>
    /// <returns>Why the broker refused; null when it did not.</returns>
    /// <exception cref="OperationInterruptedException">The connection is gone.</exception>
    public async Task<ShutdownEventArgs?> AskAsync(Func<IChannel, CancellationToken, Task> question, CancellationToken cancellationToken)
    {
        if (_channel is not { IsOpen: true })
        {
            await DisposeAsync();
            _channel = await connection.CreateChannelAsync(options, cancellationToken);
        }

        try
        {
            await question(_channel, cancellationToken);
            return null;
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason is { Initiator: ShutdownInitiator.Peer } && connection.IsOpen)
        {
            return e.ShutdownReason;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_channel is { } channel)
            await channel.DisposeAsync();
        _channel = null;
    }
}
