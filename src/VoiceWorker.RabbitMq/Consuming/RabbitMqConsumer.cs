using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using VoiceWorker.Core.Ports;
using VoiceWorker.RabbitMq.Connection;
using VoiceWorker.RabbitMq.Publishing;
using VoiceWorker.RabbitMq.Setup;

namespace VoiceWorker.RabbitMq.Consuming;

/// <summary>
/// Takes jobs from the queue while the pipeline takes any and replies can be sent; beside them isolated jobs, one at a time
/// and with nothing else in flight, and replies that were refused before. It has its own connection, so that a broker that
/// stops reading replies still delivers acknowledgements.
/// </summary>
internal sealed class RabbitMqConsumer(
    ReconnectLoop loop, ConfirmedPublisher publisher, RabbitMqIntake intake, DelayedReplies replies, IJobSink sink, ConsumerWatch watch, BrokerSetup setup, IOptions<RabbitMqOptions> options,
    RabbitMqMetrics metrics, TimeProvider time, ILogger<RabbitMqConsumer> log)
    : BackgroundService
{
    public const string ConnectionName = "consume";

    // Isolated jobs mostly come several at a time; until the next one is here the others wait.
    private static readonly TimeSpan NextIsolated = TimeSpan.FromMilliseconds(200);

    private readonly TaskCompletionSource _drain = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _close = new();
    private readonly RabbitMqOptions _options = options.Value;
    private int _cautious;
    private volatile bool _consuming;

    /// <summary>Whether jobs are being taken from the queue: the worker is ready.</summary>
    public bool IsConsuming => _consuming;

    private ushort Prefetch => (ushort)Math.Clamp(_options.Prefetch ?? sink.Capacity, 1, ushort.MaxValue);

    /// <summary>Takes no more jobs, lets the pipeline finish, and returns what is left by closing the channel.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _drain.TrySetResult();
        await sink.DrainAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _close.CancelAsync();
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        _close.Dispose();
    }

    // The host's own token fires before StopAsync has drained anything; only the two above count.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunAsync(ConnectionName, ConsumeAsync, _close.Token);

    private async Task<string> ConsumeAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await publisher.Gate.Open.WaitAsync(cancellationToken);
        await setup.EnsureAsync(connection, ConnectionName, cancellationToken);
        try
        {
            while (true)
            {
                if (await ConsumeUntilQuietAsync(connection, cancellationToken) is { } reason)
                    return reason;
            }
        }
        finally
        {
            SetConsuming(false);
        }
    }

    /// <returns>Why it ended; null when nothing has come for long and all channels are to be opened anew.</returns>
    private async Task<string?> ConsumeUntilQuietAsync(IConnection connection, CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var _ = watch.Stalled.Register(() => ended.TrySetResult("the consumer stands still while jobs wait"));
        await using var channel = await OpenAsync(connection, ended, cancellationToken);
        await using var isolatedChannel = await OpenAsync(connection, ended, cancellationToken);
        await using var replyChannel = await OpenAsync(connection, ended, cancellationToken);
        var (jobs, isolated, delayed) = (Deliveries(connection, channel), Deliveries(connection, isolatedChannel), Deliveries(connection, replyChannel));
        var isolation = new Isolation();
        try
        {
            var isolatedConsumer = await StartAsync(isolatedChannel, isolated, AmqpNames.IsolationQueue(_options.Queue), prefetch: 1, (message, token) => intake.TakeAsync(message, isolation, token), ended, cancellationToken);
            var replyConsumer = await StartAsync(replyChannel, delayed, AmqpNames.ReplyQueue(_options.Queue), DelayedReplies.Prefetch, (message, _) => replies.TakeAsync(message), ended, cancellationToken);
            while (!_drain.Task.IsCompleted && !ended.Task.IsCompleted)
            {
                var quiet = await ConsumeUntilPausedAsync(channel, jobs, isolation, ended, cancellationToken);
                if (isolation.Wanted.IsCompleted)
                {
                    await RunIsolatedAsync(isolation, jobs, isolated, ended.Task);
                }
                else if (quiet)
                {
                    // Stopped before they are closed, the channels take nothing along.
                    await Task.WhenAll(isolatedConsumer.StopAsync(cancellationToken), replyConsumer.StopAsync(cancellationToken));
                    var settled = Task.WhenAny(Task.WhenAll(isolatedConsumer.Ended, replyConsumer.Ended, jobs.Empty, isolated.Empty, delayed.Empty), ended.Task);
                    while (await Task.WhenAny(settled, isolation.Wanted) != settled)
                        isolation.Answer(run: false);
                    return ended.Task.IsCompleted ? await ended.Task : null;
                }
            }

            isolation.Answer(run: false);
            // Jobs of this channel are still in the pipeline; they are settled on it.
            return await ended.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            isolation.Answer(run: false);
            await Task.WhenAll(jobs.FlushAsync(), isolated.FlushAsync(), delayed.FlushAsync());
        }
    }

    private ConsumerChannel Deliveries(IConnection connection, IChannel channel) => new(channel, BrokerVersion.CountsAcquisitions(connection), _options.RequeueDelay, metrics, time, log);

    private async Task<IChannel> OpenAsync(IConnection connection, TaskCompletionSource<string> ended, CancellationToken cancellationToken)
    {
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        // The client tells consumers of it, but at times there is none.
        channel.ChannelShutdownAsync += (_, reason) =>
        {
            if (BrokerErrors.IsUnreadable(reason))
            {
                // It is among those that were on their way; met one at a time, it alone is counted as delivered in vain.
                _cautious = Prefetch;
                Log.UnreadableMessage(log, _options.Queue, BrokerErrors.Words(reason.Exception!));
            }

            ended.TrySetResult(BrokerErrorMessages.Of(reason));
            return Task.CompletedTask;
        };
        return channel;
    }

    private async Task<DeliveryConsumer> StartAsync(
        IChannel channel, ConsumerChannel deliveries, string queue, ushort prefetch, Func<Delivered, CancellationToken, Task> take, TaskCompletionSource<string> ended, CancellationToken cancellationToken)
    {
        var consumer = new DeliveryConsumer(channel, deliveries, take, log);
        await consumer.StartAsync(queue, prefetch, cancellationToken);
        _ = EndAsync();
        return consumer;

        async Task EndAsync()
        {
            await consumer.Ended;
            if (consumer.CancelledByBroker)
                ended.TrySetResult(Cancelled(queue));
        }
    }

    /// <returns>Whether it was paused because nothing has come for long.</returns>
    private async Task<bool> ConsumeUntilPausedAsync(IChannel channel, ConsumerChannel deliveries, Isolation isolation, TaskCompletionSource<string> ended, CancellationToken cancellationToken)
    {
        var prefetch = _cautious > 0 ? (ushort)1 : Prefetch;
        var bold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var consumer = new DeliveryConsumer(channel, deliveries, TakeAsync, log);
        await consumer.StartAsync(_options.Queue, prefetch, cancellationToken);
        if (!_consuming)
            Log.Consuming(log, _options.Queue, prefetch);
        SetConsuming(true);
        var nothingComes = watch.Quiet;
        // Nobody need know that the channels of a quiet worker are opened anew.
        var quiet = await Task.WhenAny(consumer.Ended, ended.Task, bold.Task, isolation.Wanted, sink.Paused, publisher.Gate.Shut, _drain.Task, nothingComes) == nothingComes;
        if (!quiet)
            SetConsuming(false);

        if (consumer.CancelledByBroker)
            ended.TrySetResult(Cancelled(_options.Queue));
        if (consumer.Ended.IsCompleted || ended.Task.IsCompleted)
            return false;
        await consumer.StopAsync(cancellationToken);
        await Task.WhenAny(consumer.Ended, ended.Task);
        if (quiet || (!sink.Paused.IsCompleted && !publisher.Gate.Shut.IsCompleted))
            return quiet;
        Log.ConsumingPaused(log, _options.Queue);
        await Task.WhenAny(ended.Task, Task.WhenAll(sink.Resumed, publisher.Gate.Open), _drain.Task);
        return false;

        Task TakeAsync(Delivered message, CancellationToken token)
        {
            watch.Delivered();
            if (_cautious > 0 && --_cautious == 0)
                bold.TrySetResult();
            return intake.TakeAsync(message, isolation: null, token);
        }
    }

    private async Task RunIsolatedAsync(Isolation isolation, ConsumerChannel jobs, ConsumerChannel isolated, Task ended)
    {
        Log.IsolatedJob(log, _options.Queue);
        await Task.WhenAny(jobs.Empty, ended, _drain.Task);
        await jobs.FlushAsync();
        while (isolation.Wanted.IsCompleted && !ended.IsCompleted && !_drain.Task.IsCompleted && sink.Resumed.IsCompleted && publisher.Gate.IsOpen)
        {
            isolation.Answer(run: true);
            await Task.WhenAny(isolated.Empty, ended);
            await isolated.FlushAsync();
            await Task.WhenAny(isolation.Wanted, Task.Delay(NextIsolated, time));
        }
    }

    private static string Cancelled(string queue) => $"the broker cancelled the consumer of {queue}: the queue may be gone, or a delivery was not settled within the broker's consumer_timeout";

    private void SetConsuming(bool consuming)
    {
        _consuming = consuming;
        watch.SetConsuming(consuming);
        metrics.Consuming.Set(consuming ? 1 : 0);
    }
}
