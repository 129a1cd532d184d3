using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Host.RabbitMq;

/// <summary>
/// Takes jobs from the queue while the mesh takes any and replies can be sent. It has its own connection, so that a
/// broker that stops reading replies still delivers acknowledgements.
/// </summary>
internal sealed class RabbitMqConsumer(
    ReconnectLoop loop, ConfirmedPublisher publisher, RabbitMqIntake intake, IJobSink sink, IOptions<RabbitMqOptions> options, RabbitMqMetrics metrics, TimeProvider time, ILogger<RabbitMqConsumer> log)
    : BackgroundService
{
    public const string ConnectionName = "consume";

    private readonly TaskCompletionSource _drain = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _close = new();
    private volatile bool _consuming;

    /// <summary>Whether jobs are being taken from the queue: the worker is ready.</summary>
    public bool IsConsuming => _consuming;

    /// <summary>Takes no more jobs, lets the mesh finish, and returns what is left by closing the channel.</summary>
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
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        if (options.Value.DeclareTopology)
            await Topology.DeclareAsync(channel, options.Value, cancellationToken);
        var prefetch = (ushort)Math.Clamp(options.Value.Prefetch ?? sink.Capacity, 1, ushort.MaxValue);
        var deliveries = new ConsumerChannel(channel, metrics, time);
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        // The client tells consumers of it, but at times there is none.
        channel.ChannelShutdownAsync += (_, reason) =>
        {
            ended.TrySetResult(reason.ReplyText);
            return Task.CompletedTask;
        };
        // The job that killed the last worker comes first: it has to be met alone.
        var oneAtATime = true;
        try
        {
            while (!_drain.Task.IsCompleted && !ended.Task.IsCompleted)
            {
                var consumer = new JobConsumer(channel, deliveries, oneAtATime, canChange: prefetch > 1, intake, ended, log);
                await ConsumeUntilPausedAsync(channel, consumer, oneAtATime ? (ushort)1 : prefetch, cancellationToken);
                oneAtATime ^= consumer.OtherPace.IsCompleted;
                if (oneAtATime && consumer.OtherPace.IsCompleted)
                    await BecomeEmptyAsync(deliveries, ended.Task);
            }

            // Jobs of this channel are still in the mesh; they are settled on it.
            return await ended.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            await deliveries.FlushAsync();
        }
    }

    private async Task BecomeEmptyAsync(ConsumerChannel deliveries, Task ended)
    {
        Log.SuspiciousJob(log, options.Value.Queue, options.Value.SuspectAfter);
        await Task.WhenAny(deliveries.Empty, ended, _drain.Task);
        await deliveries.FlushAsync();
    }

    private async Task ConsumeUntilPausedAsync(IChannel channel, JobConsumer consumer, ushort prefetch, CancellationToken cancellationToken)
    {
        await channel.BasicQosAsync(0, prefetch, global: false, cancellationToken);
        var tag = await channel.BasicConsumeAsync(options.Value.Queue, autoAck: false, consumer, cancellationToken);
        SetConsuming(true);
        Log.Consuming(log, options.Value.Queue, prefetch);
        try
        {
            await Task.WhenAny(consumer.Ended, consumer.OtherPace, sink.Paused, publisher.Gate.Shut, _drain.Task);
        }
        finally
        {
            SetConsuming(false);
        }

        if (consumer.Ended.IsCompleted)
            return;
        await channel.BasicCancelAsync(tag, noWait: false, cancellationToken);
        await Task.WhenAny(consumer.Cancelled, consumer.Ended);
        if (consumer.OtherPace.IsCompleted)
            return;
        Log.ConsumingPaused(log, options.Value.Queue);
        await Task.WhenAny(consumer.Ended, Task.WhenAll(sink.Resumed, publisher.Gate.Open), _drain.Task);
    }

    private void SetConsuming(bool consuming)
    {
        _consuming = consuming;
        metrics.Consuming.Set(consuming ? 1 : 0);
    }
}
