using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using VoiceWorker.Contract.Reading;
using VoiceWorker.LoadTests.Engines;

namespace VoiceWorker.LoadTests.Contestants;

/// <summary>
/// What the pipeline replaces: so many concurrent handlers, each of which does the five steps of its job in turn, publishes
/// with confirm and acknowledges. With one handler it is the sequential baseline.
/// </summary>
internal sealed class HandlerContestant(ContestantSettings settings) : IContestant
{
    private const int EnginePool = 4;

    private readonly IHost _host = EngineHost.Build(settings, consumes: false);
    private readonly JobReader _reader = new(new JobLimits());
    private readonly int _handlers = settings.Kind == ContestantKind.Sequential ? 1 : settings.Prefetch!.Value;
    private FiveSteps? _steps;
    private IConnection? _connection;
    private IChannel? _publish;
    private long _done;

    public long Done => Volatile.Read(ref _done);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _host.StartAsync(cancellationToken);
        _steps = new FiveSteps(_host.Services, EnginePool);
        _connection = await new ConnectionFactory { HostName = "127.0.0.1", Port = settings.Port }.CreateConnectionAsync(cancellationToken);
        _publish = await _connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        var consume = await _connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: false, publisherConfirmationTrackingEnabled: false, consumerDispatchConcurrency: (ushort)_handlers), cancellationToken);
        await consume.BasicQosAsync(0, (ushort)_handlers, global: false, cancellationToken);
        var consumer = new AsyncEventingBasicConsumer(consume);
        consumer.ReceivedAsync += (_, delivery) => AnswerAsync(consume, delivery);
        await consume.BasicConsumeAsync(settings.Queue, autoAck: false, consumer, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection!.DisposeAsync();
        _steps!.Dispose();
        await _host.StopAsync();
        _host.Dispose();
    }

    private async Task AnswerAsync(IChannel consume, BasicDeliverEventArgs delivery)
    {
        var properties = delivery.BasicProperties;
        var job = _reader.Read(delivery.Body.ToArray(), new JobProperties
        {
            ContentType = properties.ContentType,
            MessageId = properties.MessageId,
            Headers = properties.Headers,
            Attempt = 1,
        });
        var reply = await _steps!.AnswerAsync(job, CancellationToken.None);
        await _publish!.BasicPublishAsync("", properties.ReplyTo!, mandatory: true, new BasicProperties { DeliveryMode = DeliveryModes.Persistent, CorrelationId = properties.CorrelationId }, reply);
        await consume.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        Interlocked.Increment(ref _done);
    }
}
