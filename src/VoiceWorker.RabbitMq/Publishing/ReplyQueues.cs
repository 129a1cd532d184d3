using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using VoiceWorker.RabbitMq.Connection;

namespace VoiceWorker.RabbitMq.Publishing;

/// <summary>
/// Knows whether the queues that replies go to are still there, so that no work is done for a requester who has gone.
/// A queue is asked for when nothing was heard of it for a while; in doubt it counts as there.
/// </summary>
internal sealed class ReplyQueues(IOptions<RabbitMqOptions> options, TimeProvider time) : IDisposable
{
    private const int QueuesBeforeCleanUp = 4096;

    // A broker that does not answer must not hold up the work.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _trust = options.Value.ReplyQueueCheck;
    private readonly ConcurrentDictionary<string, long> _seen = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _asking = new(4);
    private volatile IConnection? _connection;
    private int _cleanUpAt = QueuesBeforeCleanUp;

    /// <summary>Uses a connection for its questions for as long as that is up.</summary>
    public void Use(IConnection? connection) => _connection = connection;

    /// <summary>Notes that a queue took a message, or was there when a job for it was sent.</summary>
    public void Seen(string queue)
    {
        if (_trust == TimeSpan.Zero)
            return;
        _seen[queue] = time.GetTimestamp();
        if (_seen.Count >= _cleanUpAt)
            CleanUp();
    }

    /// <summary>Whether the queue is there, as far as is known.</summary>
    public ValueTask<bool> ExistsAsync(string queue, CancellationToken cancellationToken) =>
        _trust == TimeSpan.Zero || (_seen.TryGetValue(queue, out var at) && time.GetElapsedTime(at) < _trust)
            ? new(true)
            : new(AskInTimeAsync(queue, cancellationToken));

    public void Dispose() => _asking.Dispose();

    private async Task<bool> AskInTimeAsync(string queue, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(queue).WaitAsync(AnswerTimeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return true;
        }
    }

    private async Task<bool> AskAsync(string queue)
    {
        await _asking.WaitAsync();
        try
        {
            if (_connection is not { IsOpen: true } connection)
                return true;
            // A question about a queue that is not there, or another connection's own, costs its channel.
            await using var channel = await connection.CreateChannelAsync();
            await channel.QueueDeclarePassiveAsync(queue);
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return false;
        }
        catch (Exception e) when (BrokerErrors.IsLoss(e))
        {
            // Most often 405: it is there, and exclusive to the requester's connection.
        }
        finally
        {
            _asking.Release();
        }

        Seen(queue);
        return true;
    }

    private void CleanUp()
    {
        foreach (var (queue, at) in _seen)
        {
            if (time.GetElapsedTime(at) >= _trust)
                _seen.TryRemove(queue, out _);
        }

        _cleanUpAt = Math.Max(QueuesBeforeCleanUp, 2 * _seen.Count);
    }
}
