using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using VoiceWorker.IntegrationTests.Broker;

namespace VoiceWorker.IntegrationTests.RabbitMq;

/// <summary>A chat backend: sends jobs and collects the replies to them.</summary>
internal sealed class TestProducer : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly TestQueues _queues;
    private readonly ConcurrentQueue<TestReply> _replies = new();

    private TestProducer(IConnection connection, IChannel channel, TestQueues queues) => (_connection, _channel, _queues) = (connection, channel, queues);

    /// <summary>The queue that replies come to.</summary>
    public string ReplyQueue { get; } = $"replies-{Guid.NewGuid():n}"[..16];

    /// <summary>All replies so far, in their order.</summary>
    public IReadOnlyList<TestReply> Replies => [.. _replies];

    public static async Task<TestProducer> StartAsync(RabbitMqNode node, TestQueues queues)
    {
        var connection = await node.ConnectAsync();
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var producer = new TestProducer(connection, channel, queues);
        await channel.QueueDeclareAsync(producer.ReplyQueue, durable: true, exclusive: false, autoDelete: false);
        await producer.CollectAsync(producer.ReplyQueue);
        return producer;
    }

    /// <summary>Collects the replies of another queue, too.</summary>
    public async Task CollectAsync(string queue)
    {
        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            _replies.Enqueue(new TestReply(
                delivery.RoutingKey, delivery.BasicProperties.CorrelationId, delivery.BasicProperties.MessageId, delivery.BasicProperties.Persistent, JsonDocument.Parse(delivery.Body.ToArray()).RootElement,
                delivery.BasicProperties.Headers?.TryGetValue("traceparent", out var trace) is true ? Encoding.UTF8.GetString((byte[])trace!) : null));
            return Task.CompletedTask;
        };
        await _channel.BasicConsumeAsync(queue, autoAck: true, consumer);
    }

    /// <summary>Sends a text job, answered to the producer's queue unless the properties say otherwise.</summary>
    public Task SendTextAsync(string text, string id, Action<BasicProperties>? change = null) =>
        SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { text, source_lang = "en", target_lang = "es" })), "application/json", id, change);

    /// <summary>Sends any body.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> body, string contentType, string id, Action<BasicProperties>? change = null)
    {
        var properties = new BasicProperties { ContentType = contentType, CorrelationId = $"c-{id}", MessageId = id, ReplyTo = ReplyQueue, DeliveryMode = DeliveryModes.Persistent };
        change?.Invoke(properties);
        await _channel.BasicPublishAsync("", _queues.Jobs, mandatory: true, properties, body);
    }

    /// <summary>Waits for the reply of a type to a job.</summary>
    public async Task<TestReply> ReplyAsync(string id, string type = "translation_complete")
    {
        TestReply? Find() => _replies.FirstOrDefault(r => r.CorrelationId == $"c-{id}" && r.Type == type);
        await Wait.UntilAsync(() => Find() is not null, $"a {type} to {id} arrives");
        return Find()!;
    }

    public Task BindAsync(string exchange, string routingKey) => _channel.QueueBindAsync(ReplyQueue, exchange, routingKey);

    public Task DeleteQueueAsync(string queue) => _channel.QueueDeleteAsync(queue);

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
