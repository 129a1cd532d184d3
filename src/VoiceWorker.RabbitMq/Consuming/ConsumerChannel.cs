using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.RabbitMq.Connection;

namespace VoiceWorker.RabbitMq.Consuming;

/// <summary>
/// A channel that delivers messages, and the one place where each delivery ends: acknowledged, requeued, rejected, or
/// with the channel. Whatever goes wrong, no delivery stays unsettled on an open channel, and none that could not be
/// settled is requeued without a pause.
/// </summary>
internal sealed class ConsumerChannel
{
    private readonly IChannel _channel;
    private readonly TimeSpan _requeueDelay;
    private readonly RabbitMqMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly AckBatcher _acks;
    private readonly Lock _lock = new();
    private TaskCompletionSource? _empty;
    private int _inFlight;

    /// <param name="channel">The client's channel.</param>
    /// <param name="countsAcquisitions">Whether the broker counts acquisitions (<see cref="BrokerVersion.CountsAcquisitions"/>).</param>
    /// <param name="requeueDelay">How long a delivery that could not be settled is held back.</param>
    /// <param name="metrics">Where settlements are counted.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The transport's log.</param>
    public ConsumerChannel(IChannel channel, bool countsAcquisitions, TimeSpan requeueDelay, RabbitMqMetrics metrics, TimeProvider time, ILogger log)
    {
        (_channel, CountsAcquisitions, _requeueDelay, _metrics, _time, _log) = (channel, countsAcquisitions, requeueDelay, metrics, time, log);
        _acks = new(time, (tag, multiple) => channel.BasicAckAsync(tag, multiple), count => metrics.Acknowledged.Inc(count), CloseAsync);
    }

    /// <summary>Whether the broker says how often it has handed a message out.</summary>
    public bool CountsAcquisitions { get; }

    /// <summary>Whether deliveries of this channel can still be settled.</summary>
    public bool IsOpen => _channel.IsOpen;

    /// <summary>Ends when no delivery is in flight.</summary>
    public Task Empty
    {
        get
        {
            lock (_lock)
                return _inFlight == 0 ? Task.CompletedTask : (_empty ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Notes a delivery, before anything else is done with it: what is not noted would be acknowledged together with later ones.</summary>
    /// <returns>Its slot, to be ended by exactly one of the methods below.</returns>
    public LinkedListNode<ulong> Add(ulong tag)
    {
        _metrics.Unsettled.Inc();
        lock (_lock)
            _inFlight++;
        return _acks.Add(tag);
    }

    /// <summary>Has a delivery acknowledged; that happens soon and, as with every acknowledgement, unconfirmed.</summary>
    public void Acknowledge(LinkedListNode<ulong> delivery)
    {
        _acks.Acknowledge(delivery);
        Leave();
    }

    /// <summary>Gives the message back to the queue at once: nothing is wrong with it.</summary>
    public async ValueTask RequeueAsync(LinkedListNode<ulong> delivery)
    {
        await _channel.BasicNackAsync(delivery.Value, multiple: false, requeue: true);
        _metrics.Returned.Inc();
        Remove(delivery);
    }

    /// <summary>Has the broker itself move the message to the dead letters.</summary>
    public async ValueTask RejectAsync(LinkedListNode<ulong> delivery)
    {
        await _channel.BasicRejectAsync(delivery.Value, requeue: false);
        _metrics.Rejected.Inc();
        Remove(delivery);
    }

    /// <summary>
    /// Ends a delivery that could not be settled: after a pause it goes back to the queue, in a way that RabbitMQ counts in
    /// every version, so that it becomes a dead letter in the end. If that fails, too, the channel is closed. Never throws.
    /// </summary>
    public void RequeueLater(LinkedListNode<ulong> delivery) => _ = RequeueLaterAsync(delivery);

    /// <summary>Sends the acknowledgements that are due.</summary>
    public Task FlushAsync() => _acks.FlushAsync();

    /// <summary>Counts a job that was done for nothing, as its channel is gone.</summary>
    /// <returns>What its stage fails with.</returns>
    public EngineException Lost(Exception? cause)
    {
        _metrics.Stale.Inc();
        return EngineException.Transient(ErrorCode.EngineUnavailable, "The channel that delivered the job is gone; the broker delivers it again.", cause);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The last resort of every delivery.")]
    private async Task RequeueLaterAsync(LinkedListNode<ulong> delivery)
    {
        try
        {
            if (IsOpen)
                await Task.Delay(_requeueDelay, _time);
            // On a closed channel nothing is left to be settled: the broker has taken the message back.
            if (IsOpen)
            {
                // From RabbitMQ 4.3 a nack is not counted.
                await _channel.BasicRejectAsync(delivery.Value, requeue: true);
                _metrics.Returned.Inc();
            }
        }
        catch (Exception e)
        {
            await CloseAsync(e);
        }
        finally
        {
            Remove(delivery);
        }
    }

    // The broker takes back whatever was delivered on the channel; the consumer goes on with another one.
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A channel that cannot even be closed is gone.")]
    private async Task CloseAsync(Exception cause)
    {
        if (!IsOpen)
            return;
        Log.ConsumerChannelGivenUp(_log, cause);
        try
        {
            await _channel.CloseAsync(Constants.InternalError, "a delivery could not be settled", abort: true);
        }
        catch (Exception e)
        {
            Log.ConsumerChannelGivenUp(_log, e);
        }
    }

    private void Remove(LinkedListNode<ulong> delivery)
    {
        _acks.Remove(delivery);
        Leave();
    }

    private void Leave()
    {
        _metrics.Unsettled.Dec();
        lock (_lock)
        {
            if (--_inFlight > 0)
                return;
            _empty?.SetResult();
            _empty = null;
        }
    }
}
