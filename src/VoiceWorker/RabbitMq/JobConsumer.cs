using System.Diagnostics.CodeAnalysis;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace VoiceWorker.Host.RabbitMq;

/// <summary>The client's view of the consumer: passes deliveries on and notices when there will be no more.</summary>
internal sealed class JobConsumer(IChannel channel, RabbitMqIntake intake, RabbitMqMetrics metrics, ILogger log) : IAsyncBasicConsumer
{
    private readonly ConsumerChannel _channel = new(channel, metrics);
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the reason when the broker or the connection ended the consumer.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>Sends the acknowledgements that are due; the last thing to do before the channel is closed.</summary>
    public Task FlushAsync() => _channel.FlushAsync();

    /// <inheritdoc/>
    public IChannel Channel => channel;

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A delivery that nobody settles would be in hand for ever.")]
    public async Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        var place = _channel.Add(deliveryTag);
        try
        {
            await intake.TakeAsync(_channel, place, redelivered, properties, body, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _channel.Release();
            Log.DeliveryAbandoned(log, deliveryTag);
        }
        catch (Exception e)
        {
            _channel.Release();
            Log.DeliveryNotRead(log, deliveryTag, e);
            await _channel.ReturnAsync(place);
        }
    }

    /// <inheritdoc/>
    public Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        _ended.TrySetResult("the broker cancelled the consumer; the queue may be gone");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
    {
        _ended.TrySetResult(reason.ReplyText);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task HandleBasicCancelOkAsync(string consumerTag, CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task HandleBasicConsumeOkAsync(string consumerTag, CancellationToken cancellationToken = default) => Task.CompletedTask;
}
