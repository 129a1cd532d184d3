using System.Text.Json;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using VoiceWorker.Core.Messages;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.Host.RabbitMq;

/// <summary>
/// Hears what all workers are told at once, over a fanout exchange: <c>{"type":"cancel","message_id":"…"}</c> ends a
/// job, wherever it is.
/// </summary>
internal sealed class ControlListener(IJobSink sink, IOptions<RabbitMqOptions> options, ILogger<ControlListener> log)
{
    private const int LargestMessage = 4096;

    /// <summary>Listens on a connection until its channel ends.</summary>
    /// <returns>Why it ended.</returns>
    public async Task<string> ListenAsync(IConnection connection, CancellationToken cancellationToken)
    {
        var exchange = options.Value.ControlExchange;
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        channel.ChannelShutdownAsync += (_, reason) =>
        {
            ended.TrySetResult(reason.ReplyText);
            return Task.CompletedTask;
        };
        try
        {
            if (options.Value.DeclareTopology)
                await Topology.DeclareControlAsync(channel, exchange, cancellationToken);
            var queue = await channel.QueueDeclareAsync(cancellationToken: cancellationToken);
            await channel.QueueBindAsync(queue.QueueName, exchange, routingKey: "", cancellationToken: cancellationToken);
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, delivery) => Obey(delivery.Body);
            await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, cancellationToken);
        }
        catch (OperationInterruptedException e)
        {
            // Jobs can be done without it: only cancelling does not work.
            Log.ControlRefused(log, exchange, BrokerErrors.Words(e));
            return await new TaskCompletionSource<string>().Task.WaitAsync(cancellationToken);
        }

        return await ended.Task.WaitAsync(cancellationToken);
    }

    private Task Obey(ReadOnlyMemory<byte> body)
    {
        if (TryReadCancel(body) is { } messageId)
            sink.Cancel(messageId);
        else
            Log.ControlNotUnderstood(log, body.Length);
        return Task.CompletedTask;
    }

    private static string? TryReadCancel(ReadOnlyMemory<byte> body)
    {
        if (body.Length > LargestMessage)
            return null;
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("type", out var type) && type.ValueEquals("cancel"u8)
                && json.RootElement.TryGetProperty("message_id", out var id) && id.ValueKind == JsonValueKind.String
                ? MessageIds.Clean(id.GetString())
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
