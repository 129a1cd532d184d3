using RabbitMQ.Client;

namespace VoiceWorker.RabbitMq.Setup;

/// <summary>
/// The queues and exchanges of the worker. Jobs, retries and dead letters are quorum queues: replicated, and the only
/// ones that count deliveries. What the broker moves between them it moves at least once (RabbitMQ 3.10 and newer).
/// </summary>
internal static class Topology
{
    /// <summary>What the worker cannot do without, in the order in which it can be declared.</summary>
    public static IReadOnlyList<TopologyPart> Of(RabbitMqOptions options) =>
    [
        new ExchangePart(options.DeadLetterQueue, ExchangeType.Fanout),
        Queue(options.DeadLetterQueue, []),
        new BindingPart(options.DeadLetterQueue, options.DeadLetterQueue),
        new ExchangePart(options.ResultsExchange, ExchangeType.Topic),
        Queue(options.Queue, DeadLettersTo(options.DeadLetterQueue, "", ("x-delivery-limit", options.DeliveryLimit))),
        // One worker at a time empties itself for isolated jobs.
        Queue(AmqpNames.IsolationQueue(options.Queue), new(DeadLettersTo(options.DeadLetterQueue, "", ("x-delivery-limit", options.IsolatedDeliveryLimit))) { ["x-single-active-consumer"] = true }),
        Queue(AmqpNames.ReplyQueue(options.Queue), DeadLettersTo(options.DeadLetterQueue, "", ("x-delivery-limit", options.DeliveryLimit))),
        .. RetryQueues(options.Queue, options),
        .. RetryQueues(AmqpNames.ReplyQueue(options.Queue), options),
    ];

    /// <summary>The exchange through which all workers are told something; jobs can be done without it.</summary>
    public static ExchangePart Control(RabbitMqOptions options) => new(options.ControlExchange, ExchangeType.Fanout);

    /// <summary>Declares everything but the control exchange on one channel; does nothing where it is there already.</summary>
    /// <exception cref="RabbitMQ.Client.Exceptions.OperationInterruptedException">The broker refuses one: see <see cref="BrokerSetup"/>, which says why.</exception>
    public static async Task DeclareAsync(IChannel channel, RabbitMqOptions options, CancellationToken cancellationToken)
    {
        foreach (var part in Of(options))
            await part.DeclareAsync(channel, cancellationToken);
    }

    /// <summary>The queues that the worker reads.</summary>
    public static IEnumerable<string> ConsumedQueues(RabbitMqOptions options) => [options.Queue, AmqpNames.IsolationQueue(options.Queue), AmqpNames.ReplyQueue(options.Queue)];

    /// <summary>The names of the queues that belong to the worker, which no job may have its reply sent to.</summary>
    public static IEnumerable<string> OwnQueues(RabbitMqOptions options) =>
        Of(options).OfType<QueuePart>().Select(queue => queue.Name).Append(options.ControlExchange);

    /// <summary>The names of the queues in which a queue's messages wait for their next attempt.</summary>
    public static IEnumerable<string> RetryQueueNames(string queue, RabbitMqOptions options) => RetryQueues(queue, options).Select(part => part.Name);

    private static IEnumerable<QueuePart> RetryQueues(string queue, RabbitMqOptions options) =>
        options.Delays.Select(delay => Queue(AmqpNames.RetryQueue(queue, delay), DeadLettersTo("", queue, ("x-message-ttl", (long)delay.TotalMilliseconds))));

    private static QueuePart Queue(string name, Dictionary<string, object?> arguments) =>
        new(name, new Dictionary<string, object?>(arguments) { [QueuePart.TypeArgument] = "quorum" });

    private static Dictionary<string, object?> DeadLettersTo(string exchange, string routingKey, (string Name, object Value) more) => new()
    {
        ["x-dead-letter-exchange"] = exchange,
        ["x-dead-letter-routing-key"] = routingKey,
        ["x-dead-letter-strategy"] = "at-least-once",
        // At-least-once dead-lettering is only to be had with this overflow behaviour.
        ["x-overflow"] = "reject-publish",
        [more.Name] = more.Value,
    };
}
