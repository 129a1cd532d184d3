using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace VoiceWorker.LoadTests.Contestants;

/// <summary>Consumes, publishes a reply of the job's size with confirm, acknowledges.</summary>
internal sealed class RawContestant(ContestantSettings settings) : IContestant
{
    private readonly ConnectionFactory _factory = new() { HostName = "127.0.0.1", Port = settings.Port };
    private IConnection? _consuming;
    private IConnection? _publishing;
    private IChannel? _consume;
    private IChannel? _publish;
    private long _done;

    public long Done => Volatile.Read(ref _done);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _consuming = await _factory.CreateConnectionAsync(cancellationToken);
        _publishing = await _factory.CreateConnectionAsync(cancellationToken);
        _consume = await _consuming.CreateChannelAsync(cancellationToken: cancellationToken);
        _publish = await _publishing.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        await _consume.BasicQosAsync(0, (ushort)settings.Prefetch!.Value, global: false, cancellationToken);
        var consumer = new AsyncEventingBasicConsumer(_consume);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            _ = AnswerAsync(delivery.DeliveryTag, delivery.BasicProperties.ReplyTo!, delivery.BasicProperties.CorrelationId!, delivery.Body.ToArray());
            return Task.CompletedTask;
        };
        await _consume.BasicConsumeAsync(settings.Queue, autoAck: false, consumer, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _consuming!.DisposeAsync();
        await _publishing!.DisposeAsync();
    }

    private async Task AnswerAsync(ulong tag, string replyTo, string correlationId, byte[] body)
    {
        var properties = new BasicProperties { DeliveryMode = DeliveryModes.Persistent, CorrelationId = correlationId, MessageId = correlationId, ContentType = "application/json" };
        await _publish!.BasicPublishAsync("", replyTo, mandatory: true, properties, body);
        await _consume!.BasicAckAsync(tag, multiple: false);
        Interlocked.Increment(ref _done);
    }
}
