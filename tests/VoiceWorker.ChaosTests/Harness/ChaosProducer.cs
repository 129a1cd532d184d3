using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.RabbitMq;

namespace VoiceWorker.ChaosTests.Harness;

/// <summary>
/// A producer that outlives the broker's faults and keeps the books: which jobs the broker has taken, and what came back.
/// Replies are acknowledged by hand, so that none is lost on this side.
/// </summary>
internal sealed class ChaosProducer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly IChannel _replies;
    private readonly TestQueues _queues;
    private readonly ConcurrentDictionary<string, JobRecord> _jobs = new();

    private ChaosProducer(IConnection connection, IChannel channel, IChannel replies, TestQueues queues) =>
        (_connection, _channel, _replies, _queues) = (connection, channel, replies, queues);

    /// <summary>The queue that replies come to.</summary>
    public string ReplyQueue { get; } = $"replies-{Guid.NewGuid():n}"[..16];

    /// <summary>Every job so far, by its id.</summary>
    public IReadOnlyDictionary<string, JobRecord> Jobs => _jobs;

    /// <summary>The bodies of all replies, in their order.</summary>
    public ConcurrentQueue<string> Bodies { get; } = new();

    public static async Task<ChaosProducer> StartAsync(RabbitMqNode node, TestQueues queues)
    {
        var factory = new ConnectionFactory { HostName = "127.0.0.1", Port = node.Port, NetworkRecoveryInterval = TimeSpan.FromMilliseconds(200) };
        var connection = await factory.CreateConnectionAsync();
        BrokerVersion.Note(connection);
        var producer = new ChaosProducer(
            connection, await connection.CreateChannelAsync(new CreateChannelOptions(true, true)), await connection.CreateChannelAsync(), queues);
        await producer._replies.QueueDeclareAsync(producer.ReplyQueue, durable: true, exclusive: false, autoDelete: false);
        var consumer = new AsyncEventingBasicConsumer(producer._replies);
        consumer.ReceivedAsync += producer.OnReplyAsync;
        await producer._replies.BasicConsumeAsync(producer.ReplyQueue, autoAck: false, consumer);
        return producer;
    }

    /// <summary>Sends a written job.</summary>
    public Task SendTextAsync(string id, Action<BasicProperties>? change = null) => SendAsync(
        id, JsonSerializer.SerializeToUtf8Bytes(new { text = $"text {id}", source_lang = "en", target_lang = "es", audio_format = "audio/wav" }), "application/json", change);

    /// <summary>Sends a spoken job.</summary>
    public Task SendSpeechAsync(string id, byte[] audio, string type = "audio/wav", string replyFormat = "audio/wav") => SendAsync(
        id, audio, type, properties => properties.Headers = new Dictionary<string, object?> { ["source_lang"] = "en", ["target_lang"] = "es", ["audio_format"] = replyFormat });

    /// <summary>Sends a job until the broker has confirmed it.</summary>
    public async Task SendAsync(string id, ReadOnlyMemory<byte> body, string type, Action<BasicProperties>? change = null)
    {
        var properties = new BasicProperties { ContentType = type, CorrelationId = $"c-{id}", MessageId = id, ReplyTo = ReplyQueue, DeliveryMode = DeliveryModes.Persistent };
        change?.Invoke(properties);
        var record = _jobs.GetOrAdd(id, _ => new());
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                record.CountCopy();
                await _channel.BasicPublishAsync("", _queues.Jobs, mandatory: true, properties, body);
                return;
            }
            catch (Exception e) when (e is OperationInterruptedException or IOException or PublishException or ObjectDisposedException && Stopwatch.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(100);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _replies.DisposeAsync();
        await _connection.DisposeAsync();
    }

    // A test may have spoilt one of the two.
    private string? IdOf(IReadOnlyBasicProperties properties) =>
        properties.CorrelationId is { Length: > 2 } correlation && _jobs.ContainsKey(correlation[2..]) ? correlation[2..] : properties.MessageId;

    private async Task OnReplyAsync(object sender, BasicDeliverEventArgs delivery)
    {
        using var body = JsonDocument.Parse(delivery.Body);
        Bodies.Enqueue(body.RootElement.GetRawText());
        var type = body.RootElement.GetProperty("type").GetString();
        if (type is "translation_complete" or "error" && IdOf(delivery.BasicProperties) is { } id)
            _jobs.GetOrAdd(id, _ => new()).CountReply(type == "error", Stopwatch.GetTimestamp());
        // On a channel that was lost and recovered in between the number means nothing; the reply then comes again.
        await _replies.BasicAckAsync(delivery.DeliveryTag, multiple: false);
    }
}
