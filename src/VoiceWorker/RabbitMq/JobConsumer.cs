using System.Diagnostics.CodeAnalysis;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace VoiceWorker.Host.RabbitMq;

/// <summary>
/// The client's view of the consumer: passes deliveries on and notices when there will be no more. It serves at one
/// pace: one job at a time while jobs come that may have killed their worker, or as many as fit.
/// </summary>
/// <param name="channel">The client's channel.</param>
/// <param name="deliveries">The same channel, with what is in hand.</param>
/// <param name="oneAtATime">The pace.</param>
/// <param name="canChange">Whether there is another pace.</param>
/// <param name="intake">Takes the deliveries.</param>
/// <param name="ended">Set with the reason when the broker or the connection ends the consumer.</param>
/// <param name="log">The transport's log.</param>
internal sealed class JobConsumer(IChannel channel, ConsumerChannel deliveries, bool oneAtATime, bool canChange, RabbitMqIntake intake, TaskCompletionSource<string> ended, ILogger log) : IAsyncBasicConsumer
{
    private readonly TaskCompletionSource _otherPace = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the reason when the broker or the connection ended the consumer.</summary>
    public Task<string> Ended => ended.Task;

    /// <summary>Ends when a delivery asks for the other pace.</summary>
    public Task OtherPace => _otherPace.Task;

    /// <summary>Ends when the last delivery was passed on, after the consumer was told to stop.</summary>
    public Task Cancelled => _cancelled.Task;

    /// <inheritdoc/>
    public IChannel Channel => channel;

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A delivery that nobody settles would be in hand for ever.")]
    public async Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        var place = deliveries.Add(deliveryTag);
        try
        {
            var suspicious = intake.IsSuspicious(properties);
            if (suspicious != oneAtATime && canChange)
                _otherPace.TrySetResult();
            if (suspicious && !oneAtATime && intake.CanReturn(properties))
            {
                await deliveries.ReturnAsync(place);
                deliveries.Release();
                return;
            }

            await intake.TakeAsync(deliveries, place, redelivered, properties, body, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            deliveries.Release();
            Log.DeliveryAbandoned(log, deliveryTag);
        }
        catch (Exception e)
        {
            deliveries.Release();
            Log.DeliveryNotRead(log, deliveryTag, e);
            await deliveries.ReturnAsync(place);
        }
    }

    /// <inheritdoc/>
    public Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        ended.TrySetResult("the broker cancelled the consumer; the queue may be gone");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
    {
        ended.TrySetResult(reason.ReplyText);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task HandleBasicCancelOkAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        _cancelled.TrySetResult();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task HandleBasicConsumeOkAsync(string consumerTag, CancellationToken cancellationToken = default) => Task.CompletedTask;
}
