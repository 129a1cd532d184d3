using System.Text;
using RabbitMQ.Client;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.RabbitMq;
using VoiceWorker.RabbitMq.Setup;

namespace VoiceWorker.LoadTests.Broker;

/// <summary>A queue of jobs as the worker declares it, and one for their replies, on the private broker.</summary>
internal sealed class JobQueue : IAsyncDisposable
{
    // Sent and not yet confirmed at most.
    private const int BatchBytes = 50_000_000;
    private const int BatchJobs = 500;

    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private JobQueue(IConnection connection, IChannel channel, string name) => (_connection, _channel, Name) = (connection, channel, name);

    /// <summary>The queue of jobs.</summary>
    public string Name { get; }

    /// <summary>The queue that replies go to.</summary>
    public string Replies => RepliesOf(Name);

    /// <summary>The queue that a queue's replies go to.</summary>
    public static string RepliesOf(string name) => $"{name}.replies";

    /// <summary>Declares both.</summary>
    /// <param name="node">The broker.</param>
    /// <param name="name">The name of the queue of jobs.</param>
    /// <param name="plain">Just a quorum queue: MassTransit accepts no queue that it would not have declared itself.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<JobQueue> DeclareAsync(RabbitMqNode node, string name, bool plain, CancellationToken cancellationToken)
    {
        var connection = await node.ConnectAsync(cancellationToken);
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        var queue = new JobQueue(connection, channel, name);
        if (plain)
            await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellationToken);
        else
            await Topology.DeclareAsync(channel, new RabbitMqOptions { Queue = name, DeadLetterQueue = $"{name}.dead" }, cancellationToken);
        await channel.QueueDeclareAsync(queue.Replies, durable: true, exclusive: false, autoDelete: false, cancellationToken: cancellationToken);
        return queue;
    }

    /// <summary>Empties both and puts jobs in; returns once the broker has them all.</summary>
    public async Task FillAsync(int jobs, byte[] body, string contentType, CancellationToken cancellationToken)
    {
        await _channel.QueuePurgeAsync(Replies, cancellationToken);
        await _channel.QueuePurgeAsync(Name, cancellationToken);
        foreach (var batch in Enumerable.Range(0, jobs).Chunk(Math.Clamp(BatchBytes / body.Length, 1, BatchJobs)))
            await Task.WhenAll(batch.Select(job => _channel.BasicPublishAsync("", Name, mandatory: true, Properties(job, contentType), body, cancellationToken).AsTask()));
    }

    /// <summary>A JSON job of about so many bytes.</summary>
    public static byte[] JsonBody(int size)
    {
        const string Frame = """{"audio_data":"","source_lang":"en","target_lang":"es"}""";
        var base64 = Convert.ToBase64String(new byte[Math.Max(3, (size - Frame.Length) / 4 * 3)]);
        return Encoding.UTF8.GetBytes(Frame.Replace("\"\"", $"\"{base64}\"", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.QueuePurgeAsync(Replies);
        await _channel.QueuePurgeAsync(Name);
        await _connection.DisposeAsync();
    }

    private BasicProperties Properties(int job, string contentType) => new()
    {
        DeliveryMode = DeliveryModes.Persistent,
        ContentType = contentType,
        ReplyTo = Replies,
        MessageId = $"{job}",
        CorrelationId = $"{job}",
        Headers = new Dictionary<string, object?> { ["source_lang"] = "en", ["target_lang"] = "es" },
    };
}
