using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace VoiceWorker.Client;

/// <summary>
/// Sends jobs and hands out their replies. The replies come to a queue of this connection's own, which the broker
/// deletes with the connection: a producer that is gone waits for nothing.
/// </summary>
public sealed class JobProducer : IAsyncDisposable
{
    private readonly IChannel _publish;
    private readonly string _jobQueue;
    private readonly string _replyQueue;
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly ConcurrentDictionary<string, PendingJob> _pending = new();

    private JobProducer(IChannel publish, string jobQueue, string replyQueue) =>
        (_publish, _jobQueue, _replyQueue) = (publish, jobQueue, replyQueue);

    /// <summary>Starts to listen for replies.</summary>
    /// <param name="connection">A connection without recovery: a new one would have lost its replies.</param>
    /// <param name="jobQueue">The workers' queue.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task<JobProducer> StartAsync(IConnection connection, string jobQueue, CancellationToken cancellationToken)
    {
        var publish = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancellationToken);
        var replies = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var queue = await replies.QueueDeclareAsync($"voice.replies.{Guid.NewGuid():N}", durable: false, exclusive: true, autoDelete: true, cancellationToken: cancellationToken);
        var producer = new JobProducer(publish, jobQueue, queue.QueueName);
        var consumer = new AsyncEventingBasicConsumer(replies);
        consumer.ReceivedAsync += (_, delivery) => producer.OnReply(delivery);
        connection.ConnectionShutdownAsync += (_, shutdown) => producer.OnLost(shutdown);
        await replies.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, cancellationToken);
        return producer;
    }

    /// <summary>Sends a job and waits for its last reply.</summary>
    /// <param name="message">The job.</param>
    /// <param name="timeout">How long to wait after the broker has it.</param>
    /// <param name="onProgress">Gets every reply before the last one, one at a time.</param>
    /// <param name="cancellationToken">Ends the wait; the job is not cancelled by it.</param>
    /// <returns>The reply, null when none came in time; and the time it took.</returns>
    /// <exception cref="IOException">The broker took no job, or went away.</exception>
    public async Task<(ReplyMessage? Reply, TimeSpan Elapsed)> SendAsync(
        JobMessage message, TimeSpan timeout, Action<ReplyMessage> onProgress, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid().ToString("N");
        var pending = _pending[id] = new PendingJob(onProgress);
        try
        {
            var sent = await PublishAsync(id, message, cancellationToken);
            try
            {
                return (await pending.LastReply.WaitAsync(timeout, cancellationToken), Stopwatch.GetElapsedTime(sent));
            }
            catch (TimeoutException)
            {
                return (null, Stopwatch.GetElapsedTime(sent));
            }
        }
        finally
        {
            _pending.TryRemove(id, out _);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _publish.DisposeAsync();
        _oneAtATime.Dispose();
    }

    private async Task<long> PublishAsync(string id, JobMessage message, CancellationToken cancellationToken)
    {
        var properties = new BasicProperties
        {
            ContentType = message.ContentType,
            MessageId = id,
            CorrelationId = id,
            ReplyTo = _replyQueue,
            DeliveryMode = DeliveryModes.Persistent,
            Headers = new Dictionary<string, object?>(message.Headers),
        };
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var sent = Stopwatch.GetTimestamp();
            await _publish.BasicPublishAsync("", _jobQueue, mandatory: true, properties, message.Body, cancellationToken);
            return sent;
        }
        catch (PublishReturnException)
        {
            throw new IOException($"There is no queue '{_jobQueue}' on the broker. Start a worker first (voiceworker run); it declares the queue.");
        }
        catch (PublishException)
        {
            throw new IOException($"The broker refused a job: the queue '{_jobQueue}' is full or limited.");
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private Task OnReply(BasicDeliverEventArgs delivery)
    {
        // At least once: a second reply to the same job finds nobody waiting.
        if (delivery.BasicProperties.CorrelationId is not { } id || !_pending.TryGetValue(id, out var job))
            return Task.CompletedTask;
        try
        {
            job.Take(ReplyMessage.Read(delivery.Body.Span));
        }
        catch (JsonException e)
        {
            job.Fail(new IOException($"A reply is not what the wire contract says: {e.Message}", e));
        }

        return Task.CompletedTask;
    }

    private Task OnLost(ShutdownEventArgs shutdown)
    {
        foreach (var job in _pending.Values)
            job.Fail(new IOException($"The connection to the broker is gone: {shutdown.ReplyText}", new OperationInterruptedException(shutdown)));
        return Task.CompletedTask;
    }
}
