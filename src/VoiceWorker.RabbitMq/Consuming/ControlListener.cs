using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client.Events;
using RabbitMQ.Client;
using VoiceWorker.Core.Ports;
using VoiceWorker.RabbitMq.Connection;
using VoiceWorker.RabbitMq.Setup;

namespace VoiceWorker.RabbitMq.Consuming;

/// <summary>
/// Hears what all workers are told at once, over a fanout exchange: a <see cref="ControlMessage"/>. Nobody tells it when the
/// exchange or the binding is deleted, so it looks now and then, and makes them anew.
/// </summary>
internal sealed class ControlListener(
    IJobSink sink, BrokerSetup setup, BrokerProblems troubles, IOptions<RabbitMqOptions> options, TimeProvider time, ILogger<ControlListener> log)
{
    private readonly ExchangePart _exchange = Topology.Control(options.Value);
    private readonly SenderPolicy _senders = new(options.Value);

    /// <summary>Listens on a connection until that ends.</summary>
    /// <returns>Why it ended.</returns>
    public async Task<string> ListenAsync(IConnection connection, CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.ConnectionShutdownAsync += (_, reason) =>
        {
            ended.TrySetResult(BrokerErrorMessages.Of(reason));
            return Task.CompletedTask;
        };
        await using var asking = new AskingChannel(connection);
        await using var listening = new AskingChannel(connection);
        var subscription = new Subscription();
        while (connection.IsOpen && !ended.Task.IsCompleted)
        {
            Report(await TryListenAsync(asking, listening, subscription, cancellationToken));
            await Task.WhenAny(ended.Task, Task.Delay(options.Value.ObserveInterval, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }

        return await ended.Task.WaitAsync(cancellationToken);
    }

    /// <returns>Why cancellations are not heard; null when they are.</returns>
    private async Task<string?> TryListenAsync(AskingChannel asking, AskingChannel listening, Subscription subscription, CancellationToken cancellationToken)
    {
        var isNew = !subscription.IsLive;
        if (!isNew && await BrokerSetup.IsMissingAsync(asking, _exchange, cancellationToken))
            NoteGone(subscription);
        if ((isNew || subscription.RoundsToRenew > 0) && await setup.DeclareAsync(asking, _exchange, cancellationToken) is { } problem)
            return problem;
        if (isNew && await listening.AskAsync((channel, token) => SubscribeAsync(channel, subscription, token), cancellationToken) is { } refused)
            return BrokerErrorMessages.Of(refused);
        var binding = new BindingPart(subscription.Queue, _exchange.Name);
        var unbound = await asking.AskAsync(subscription.RoundsToRenew > 0 ? binding.RenewAsync : binding.DeclareAsync, cancellationToken);
        subscription.RoundsToRenew = Math.Max(0, subscription.RoundsToRenew - 1);
        if (unbound is { ReplyCode: Constants.NotFound })
            NoteGone(subscription);
        return unbound is null ? null : BrokerErrorMessages.Of(unbound);
    }

    private void NoteGone(Subscription subscription)
    {
        if (options.Value.DeclareTopology)
            Log.ControlGone(log, _exchange.Name);
        subscription.RoundsToRenew = BrokerSetup.RoundsToRenew;
    }

    private async Task SubscribeAsync(IChannel channel, Subscription subscription, CancellationToken cancellationToken)
    {
        subscription.Queue = (await channel.QueueDeclareAsync(cancellationToken: cancellationToken)).QueueName;
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) => Obey(delivery);
        await channel.BasicConsumeAsync(subscription.Queue, autoAck: true, consumer, cancellationToken);
        subscription.Consumer = consumer;
    }

    private void Report(string? problem)
    {
        if (problem is null)
        {
            if (troubles.Clear(BrokerProblems.Control))
                Log.ControlHeard(log, _exchange.Name);
        }
        else if (troubles.Set(BrokerProblems.Control, $"Jobs cannot be cancelled. {problem}"))
        {
            // Jobs can be done without it.
            Log.ControlRefused(log, problem);
        }
    }

    private Task Obey(BasicDeliverEventArgs delivery)
    {
        if (ControlMessage.TryRead(delivery.Body, delivery.BasicProperties) is { } cancellation)
            sink.Cancel(_senders.Apply(cancellation, delivery.BasicProperties));
        else
            Log.ControlNotUnderstood(log, delivery.Body.Length);
        return Task.CompletedTask;
    }

    /// <summary>The queue of this worker's own, and who reads it.</summary>
    private sealed class Subscription
    {
        public string Queue { get; set; } = "";

        public AsyncEventingBasicConsumer? Consumer { get; set; }

        /// <summary>How often the binding is still to be made anew, after its exchange was gone.</summary>
        public int RoundsToRenew { get; set; }

        public bool IsLive => Consumer is { IsRunning: true, Channel.IsOpen: true };
    }
}
