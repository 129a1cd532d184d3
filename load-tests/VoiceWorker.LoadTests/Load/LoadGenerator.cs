using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.LoadTests.Broker;

namespace VoiceWorker.LoadTests.Load;

/// <summary>Sends jobs and takes their replies. Its clock starts with it.</summary>
internal sealed class LoadGenerator : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly JobQueue _queue;
    private readonly JobMix _mix;
    private readonly string _run = Guid.NewGuid().ToString("N");
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly ConcurrentDictionary<int, JobRecord> _records = [];
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _waiting = [];
    private int _sent;
    private int _answered;

    private LoadGenerator(IConnection connection, IChannel channel, JobQueue queue, JobMix mix) => (_connection, _channel, _queue, _mix) = (connection, channel, queue, mix);

    /// <summary>Jobs that the broker has.</summary>
    public int Sent => Volatile.Read(ref _sent);

    /// <summary>Jobs with a reply.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>Seconds since the beginning.</summary>
    public double Now => Stopwatch.GetElapsedTime(_started).TotalSeconds;

    /// <summary>All jobs so far.</summary>
    public IReadOnlyCollection<JobRecord> Records => (IReadOnlyCollection<JobRecord>)_records.Values;

    /// <summary>Connects and takes replies.</summary>
    public static async Task<LoadGenerator> StartAsync(RabbitMqNode node, JobQueue queue, JobMix mix, CancellationToken cancellationToken)
    {
        var connection = await node.ConnectAsync(cancellationToken);
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        var generator = new LoadGenerator(connection, channel, queue, mix);
        var replies = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var consumer = new AsyncEventingBasicConsumer(replies);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            generator.Take(delivery);
            return Task.CompletedTask;
        };
        await replies.BasicConsumeAsync(queue.Replies, autoAck: true, consumer, cancellationToken);
        return generator;
    }

    /// <summary>Sends each job at its time, whether or not those before it are answered: slow answers do not slow the questions.</summary>
    /// <param name="schedule">Seconds from the beginning, ascending.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task SendAsync(IEnumerable<double> schedule, CancellationToken cancellationToken)
    {
        var begin = Now;
        var sending = new List<Task>();
        foreach (var at in schedule)
        {
            while (begin + at - Now is > 0.001 and var early)
                await Task.Delay(TimeSpan.FromSeconds(early), cancellationToken);
            sending.Add(SendAsync(_records.Count, begin + at, cancellationToken));
            if (sending.Count > 10_000)
                sending.RemoveAll(task => task.IsCompletedSuccessfully);
        }

        await Task.WhenAll(sending);
    }

    /// <summary>Sends a job and waits for its reply, again and again: a user who listens before he speaks.</summary>
    /// <exception cref="TimeoutException">A reply did not come.</exception>
    public async Task ConverseAsync(int user, TimeSpan time, CancellationToken cancellationToken)
    {
        for (var job = user; Now < time.TotalSeconds; job += 1000)
        {
            var answer = _waiting[job] = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await SendAsync(job, Now, cancellationToken);
            await answer.Task.WaitAsync(Patience, cancellationToken);
        }
    }

    /// <summary>Waits until every job is answered, or none was for so long.</summary>
    public async Task<bool> DrainAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var (last, since) = (Answered, Now);
        while (Answered < Sent && Now - since < patience.TotalSeconds)
        {
            await Task.Delay(50, cancellationToken);
            if (Answered != last)
                (last, since) = (Answered, Now);
        }

        return Answered == Sent;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task SendAsync(int job, double intended, CancellationToken cancellationToken)
    {
        _records[job] = new JobRecord { Intended = intended };
        var id = string.Create(CultureInfo.InvariantCulture, $"{_run}-{job}");
        var properties = new BasicProperties { DeliveryMode = DeliveryModes.Persistent, ContentType = "application/json", ReplyTo = _queue.Replies, MessageId = id, CorrelationId = id };
        await _channel.BasicPublishAsync("", _queue.Name, mandatory: true, properties, _mix.Body(job), cancellationToken);
        Interlocked.Increment(ref _sent);
    }

    private void Take(BasicDeliverEventArgs delivery)
    {
        var id = delivery.BasicProperties.CorrelationId ?? delivery.BasicProperties.MessageId;
        if (id is null || !id.StartsWith(_run, StringComparison.Ordinal))
            return;
        var job = int.Parse(id.AsSpan(_run.Length + 1), CultureInfo.InvariantCulture);
        var record = _records[job];
        if (record.Replies++ > 0)
            return;
        record.Answered = Now;
        ReplyTimes.Read(delivery.Body, record);
        Interlocked.Increment(ref _answered);
        if (_waiting.TryRemove(job, out var waiting))
            waiting.SetResult();
    }
}
