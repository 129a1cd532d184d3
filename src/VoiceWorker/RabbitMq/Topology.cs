using RabbitMQ.Client;

namespace VoiceWorker.Host.RabbitMq;

/// <summary>
/// The queues and exchanges of the worker. Jobs, retries and dead letters are quorum queues: replicated, and the only
/// ones that count deliveries. What the broker moves between them it moves at least once (RabbitMQ 3.10 and newer).
/// </summary>
internal static class Topology
{
    private static readonly Dictionary<string, object?> Quorum = new() { ["x-queue-type"] = "quorum" };

    /// <summary>Declares everything; does nothing where it is there already.</summary>
    /// <exception cref="RabbitMQ.Client.Exceptions.OperationInterruptedException">Something of that name is there, with other properties.</exception>
    public static async Task DeclareAsync(IChannel channel, RabbitMqOptions options, CancellationToken cancellationToken)
    {
        await channel.ExchangeDeclareAsync(options.DeadLetterQueue, ExchangeType.Fanout, durable: true, cancellationToken: cancellationToken);
        await DeclareAsync(channel, options.DeadLetterQueue, [], cancellationToken);
        await channel.QueueBindAsync(options.DeadLetterQueue, options.DeadLetterQueue, routingKey: "", cancellationToken: cancellationToken);
        await channel.ExchangeDeclareAsync(options.ResultsExchange, ExchangeType.Topic, durable: true, cancellationToken: cancellationToken);
        await DeclareAsync(channel, options.Queue, DeadLettersTo(options.DeadLetterQueue, "", ("x-delivery-limit", options.DeliveryLimit)), cancellationToken);
        var isolation = DeadLettersTo(options.DeadLetterQueue, "", ("x-delivery-limit", options.IsolatedDeliveryLimit));
        // One worker at a time empties itself for them.
        isolation["x-single-active-consumer"] = true;
        await DeclareAsync(channel, AmqpNames.IsolationQueue(options.Queue), isolation, cancellationToken);
        var replies = AmqpNames.ReplyQueue(options.Queue);
        await DeclareAsync(channel, replies, DeadLettersTo(options.DeadLetterQueue, "", ("x-delivery-limit", options.DeliveryLimit)), cancellationToken);
        foreach (var queue in (string[])[options.Queue, replies])
        {
            foreach (var delay in options.Delays)
                await DeclareAsync(channel, AmqpNames.RetryQueue(queue, delay), DeadLettersTo("", queue, ("x-message-ttl", (long)delay.TotalMilliseconds)), cancellationToken);
        }
    }

    /// <summary>Declares the exchange through which all workers are told something.</summary>
    public static Task DeclareControlAsync(IChannel channel, string exchange, CancellationToken cancellationToken) =>
        channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, cancellationToken: cancellationToken);

    /// <summary>The names of the queues that belong to the worker, which no job may have its reply sent to.</summary>
    public static IEnumerable<string> OwnQueues(RabbitMqOptions options) =>
        [options.Queue, AmqpNames.IsolationQueue(options.Queue), AmqpNames.ReplyQueue(options.Queue), options.DeadLetterQueue, options.ControlExchange, .. options.Delays.Select(delay => AmqpNames.RetryQueue(options.Queue, delay))];

    private static Dictionary<string, object?> DeadLettersTo(string exchange, string routingKey, (string Name, object Value) more) => new()
    {
        ["x-dead-letter-exchange"] = exchange,
        ["x-dead-letter-routing-key"] = routingKey,
        ["x-dead-letter-strategy"] = "at-least-once",
        // At-least-once dead-lettering is only to be had with this overflow behaviour.
        ["x-overflow"] = "reject-publish",
        [more.Name] = more.Value,
    };

    private static Task<QueueDeclareOk> DeclareAsync(IChannel channel, string queue, Dictionary<string, object?> arguments, CancellationToken cancellationToken) =>
        channel.QueueDeclareAsync(
            queue, durable: true, exclusive: false, autoDelete: false, arguments: arguments.Concat(Quorum).ToDictionary(), cancellationToken: cancellationToken);
}
