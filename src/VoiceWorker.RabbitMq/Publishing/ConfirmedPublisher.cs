using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using RabbitMQ.Client;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Reading;
using VoiceWorker.Core.Ports;
using VoiceWorker.Core.Resilience;
using VoiceWorker.RabbitMq.Connection;
using VoiceWorker.RabbitMq.Setup;

namespace VoiceWorker.RabbitMq.Publishing;

/// <summary>
/// Sends messages and returns when the broker has confirmed them, over a connection of its own that is kept up for as
/// long as the worker runs. Each message has its time: a lost connection is waited for that long, a confirm too. While
/// the broker reports an alarm the clocks stand still, so that the pipeline fills up and intake stops by itself.
/// </summary>
internal sealed class ConfirmedPublisher : BackgroundService
{
    public const string ConnectionName = "publish";

    // What a slow link takes for a large message.
    private const double BytesPerSecond = 1024 * 1024;

    private readonly ReconnectLoop _loop;
    private readonly BrokerSetup _setup;
    private readonly RabbitMqOptions _options;
    private readonly RabbitMqMetrics _metrics;
    private readonly ILogger _log;
    private readonly PublishSlots _slots;
    private readonly PublishChannel _lane = new();
    private readonly MessageSender _sender;
    private readonly SemaphoreSlim _declaring = new(1);

    public ConfirmedPublisher(
        ReconnectLoop loop, BrokerConnector connector, BrokerSetup setup, IOptions<RabbitMqOptions> options, RabbitMqMetrics metrics, TimeProvider time, ILogger<ConfirmedPublisher> log)
    {
        (_loop, _setup, _options, _metrics, _log, _sender) = (loop, setup, options.Value, metrics, log, new(connector));
        _slots = new(_options.MaxOutstandingPublishes, _options.PublishTimeout, time);
    }

    /// <summary>Open while there is a connection and the broker takes messages.</summary>
    public Gate Gate { get; } = new(isOpen: false);

    /// <summary>Sends a message and returns once the broker has it.</summary>
    /// <exception cref="ReplyUndeliverableException">No queue takes it, or the broker will not have it at all.</exception>
    /// <exception cref="EngineException">
    /// The broker did not confirm in time (with an <see cref="UnconfirmedException"/> inside if it may still confirm the copy of
    /// a job), or refused it for now (with the client's <see cref="PublishException"/> inside).
    /// </exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask PublishAsync(Publication message, CancellationToken cancellationToken)
    {
        var slot = await _slots.TakeAsync(cancellationToken);
        try
        {
            await PublishAsync(message, slot, cancellationToken);
        }
        finally
        {
            _slots.Return(slot);
        }
    }

    /// <summary>Sends a message that nobody will miss, if that is possible at once. Messages sent later arrive later.</summary>
    /// <returns>Ends when the body is not needed any more; never fails.</returns>
    public async Task TryPublishAsync(Publication message)
    {
        if (!_lane.IsOpen || !_slots.TryTake(out var slot))
        {
            _metrics.Published(message.Purpose, PublishOutcome.Dropped);
            return;
        }

        try
        {
            await PublishAsync(message, slot!, CancellationToken.None);
        }
        catch (Exception e) when (e is EngineException or ReplyUndeliverableException)
        {
            Log.ProgressLost(_log, e.Message);
        }
        finally
        {
            _slots.Return(slot!);
        }
    }

    /// <summary>Declares the worker's queues and exchanges anew: one of them was deleted while the worker runs.</summary>
    /// <exception cref="EngineException">The broker does not let it.</exception>
    public async ValueTask DeclareTopologyAsync(CancellationToken cancellationToken)
    {
        // Many jobs may miss the same queue at once.
        await _declaring.WaitAsync(cancellationToken);
        try
        {
            using var limit = new CancellationTokenSource(_options.PublishTimeout);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            var lane = await _lane.GetAsync(either.Token);
            await _setup.DeclareAsync(lane.Connection, either.Token);
            Log.TopologyDeclaredAnew(_log);
        }
        catch (Exception e) when (BrokerErrors.IsLoss(e) || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw EngineException.Transient(ErrorCode.EngineUnavailable, $"The worker's queues could not be declared anew: {BrokerErrors.Words(e)}", e);
        }
        finally
        {
            _declaring.Release();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _slots.Dispose();
        _sender.Dispose();
        _declaring.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _loop.RunAsync(ConnectionName, KeepChannelAsync, stoppingToken);

    private async Task<string> KeepChannelAsync(IConnection connection, CancellationToken cancellationToken)
    {
        connection.ConnectionBlockedAsync += OnBlockedAsync;
        connection.ConnectionUnblockedAsync += OnUnblockedAsync;
        try
        {
            var reason = "";
            while (connection.IsOpen)
            {
                await _setup.EnsureAsync(connection, ConnectionName, cancellationToken);
                await using var channel = await connection.CreateChannelAsync(MessageSender.Confirmed, cancellationToken);
                var ended = _lane.Open(connection, channel);
                Gate.Set(!_slots.Paused);
                reason = await ended.WaitAsync(cancellationToken);
                Log.PublishChannelClosed(_log, reason);
            }

            return reason;
        }
        finally
        {
            Gate.Set(false);
            SetBlocked(false);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask PublishAsync(Publication message, PublishSlot slot, CancellationToken cancellationToken)
    {
        var token = slot.Begin(_options.PublishTimeout + TimeSpan.FromSeconds(message.Body.Length / BytesPerSecond), cancellationToken);
        try
        {
            await SendAsync(message, token);
            _metrics.ConfirmTime.Observe(slot.Elapsed.TotalSeconds);
            _metrics.Published(message.Purpose, PublishOutcome.Confirmed);
        }
        catch (PublishException e) when (e.IsReturn)
        {
            _metrics.Published(message.Purpose, PublishOutcome.Unroutable);
            throw new ReplyUndeliverableException($"No queue takes messages for '{MessageIds.WithoutControls(message.RoutingKey)}'.");
        }
        catch (PublishException e)
        {
            _metrics.Published(message.Purpose, PublishOutcome.Refused);
            throw EngineException.Transient(ErrorCode.EngineUnavailable, "The broker refused a message for now.", e);
        }
        catch (ReplyUndeliverableException)
        {
            _metrics.Published(message.Purpose, PublishOutcome.Refused);
            throw;
        }
        catch (Exception e) when (e is UnconfirmedException || (e is OperationCanceledException && (slot.TimedOut || !cancellationToken.IsCancellationRequested)))
        {
            _metrics.Published(message.Purpose, PublishOutcome.TimedOut);
            throw EngineException.Transient(ErrorCode.EngineUnavailable, $"The broker did not confirm a message within {slot.Elapsed.TotalSeconds:0.###} s.", e);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendAsync(Publication message, CancellationToken cancellationToken)
    {
        while (true)
        {
            var lane = await _lane.GetAsync(cancellationToken);
            try
            {
                await MessageSender.SendAsync(lane.Channel, message, cancellationToken);
                return;
            }
            catch (Exception e) when (BrokerErrors.IsLoss(e))
            {
                _lane.Close(lane, BrokerErrors.Words(e));
                // Sent again it might arrive behind the reply.
                if (message.Purpose == PublishPurpose.Progress)
                    throw EngineException.Transient(ErrorCode.EngineUnavailable, BrokerErrors.Words(e), e);
                // One bad message closes the channel, or even the connection, for all that were on their way. Which one it
                // was shows when each goes over one of its own.
                if (BrokerErrors.ClosedByBroker(lane.Channel, lane.Connection) && await _sender.TrySendAloneAsync(lane.Connection, message, cancellationToken))
                    return;
                if (BrokerErrors.ClosedForMessage(lane.Connection) && await _sender.TrySendOnOwnConnectionAsync(message, cancellationToken))
                    return;
            }
        }
    }

    private Task OnBlockedAsync(object sender, ConnectionBlockedEventArgs blocked)
    {
        Log.BrokerBlocked(_log, blocked.Reason);
        SetBlocked(true);
        Gate.Set(false);
        return Task.CompletedTask;
    }

    private Task OnUnblockedAsync(object sender, AsyncEventArgs unblocked)
    {
        Log.BrokerUnblocked(_log);
        SetBlocked(false);
        Gate.Set(_lane.IsOpen);
        return Task.CompletedTask;
    }

    private void SetBlocked(bool blocked)
    {
        _slots.Paused = blocked;
        _metrics.Blocked.Set(blocked ? 1 : 0);
    }
}
