using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Host.RabbitMq;

/// <summary>
/// Takes jobs from the queue while the mesh takes any and replies can be sent. It has its own connection, so that a
/// broker that stops reading replies still delivers acknowledgements.
/// </summary>
internal sealed class RabbitMqConsumer(
    ReconnectLoop loop, ConfirmedPublisher publisher, RabbitMqIntake intake, IJobSink sink, IOptions<RabbitMqOptions> options, RabbitMqMetrics metrics, ILogger<RabbitMqConsumer> log)
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
        await channel.BasicQosAsync(0, prefetch, global: false, cancellationToken);
        var consumer = new JobConsumer(channel, intake, metrics, log);
        try
        {
            while (!_drain.Task.IsCompleted && !consumer.Ended.IsCompleted)
                await ConsumeUntilPausedAsync(channel, consumer, prefetch, cancellationToken);
            // Jobs of this channel are still in the mesh; they are settled on it.
            return await consumer.Ended.WaitAsync(cancellationToken);
        }
        finally
        {
            await consumer.FlushAsync();
        }
    }

    private async Task ConsumeUntilPausedAsync(IChannel channel, JobConsumer consumer, ushort prefetch, CancellationToken cancellationToken)
    {
        var tag = await channel.BasicConsumeAsync(options.Value.Queue, autoAck: false, consumer, cancellationToken);
        SetConsuming(true);
        Log.Consuming(log, options.Value.Queue, prefetch);
        try
        {
            await Task.WhenAny(consumer.Ended, sink.Paused, publisher.Gate.Shut, _drain.Task);
        }
        finally
        {
            SetConsuming(false);
        }

        if (consumer.Ended.IsCompleted)
            return;
        await channel.BasicCancelAsync(tag, noWait: false, cancellationToken);
        Log.ConsumingPaused(log, options.Value.Queue);
        await Task.WhenAny(consumer.Ended, Task.WhenAll(sink.Resumed, publisher.Gate.Open), _drain.Task);
    }

    private void SetConsuming(bool consuming)
    {
        _consuming = consuming;
        metrics.Consuming.Set(consuming ? 1 : 0);
    }
}
