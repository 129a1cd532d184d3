using RabbitMQ.Client;

namespace VoiceWorker.RabbitMq.Setup;

/// <summary>One of the queues, exchanges and bindings that the worker needs on the broker.</summary>
/// <param name="Name">Its name; of a binding, the queue's.</param>
internal abstract record TopologyPart(string Name)
{
    /// <summary>What it is, in words: <c>queue voice.jobs</c>.</summary>
    public abstract string Words { get; }

    /// <summary>Declares it; does nothing where it is there as wanted.</summary>
    public abstract Task DeclareAsync(IChannel channel, CancellationToken cancellationToken);

    /// <summary>Asks whether it is there, whatever its properties.</summary>
    public abstract Task FindAsync(IChannel channel, CancellationToken cancellationToken);

    /// <summary>
    /// Asks whether the user may declare it, and declares nothing: the broker checks the rights first, and then refuses an
    /// argument that cannot be.
    /// </summary>
    public abstract Task TryRightAsync(IChannel channel, CancellationToken cancellationToken);
}

/// <summary>A durable queue.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">The optional arguments that its declaration has.</param>
internal sealed record QueuePart(string Name, IReadOnlyDictionary<string, object?> Arguments) : TopologyPart(Name)
{
    /// <summary>The argument that says what kind of queue it is.</summary>
    public const string TypeArgument = "x-queue-type";

    public override string Words => $"queue {Name}";

    public override Task DeclareAsync(IChannel channel, CancellationToken cancellationToken) => DeclareAsync(channel, Arguments, cancellationToken);

    public override Task FindAsync(IChannel channel, CancellationToken cancellationToken) => channel.QueueDeclarePassiveAsync(Name, cancellationToken);

    public override Task TryRightAsync(IChannel channel, CancellationToken cancellationToken) =>
        DeclareAsync(channel, new Dictionary<string, object?>(Arguments) { ["x-message-ttl"] = -1L }, cancellationToken);

    /// <summary>
    /// Compares a queue that is there by its type alone. Should it have been deleted meanwhile, none is declared: the last
    /// argument is compared after the type, and cannot be.
    /// </summary>
    public Task CompareTypeAsync(IChannel channel, CancellationToken cancellationToken) =>
        DeclareAsync(channel, new Dictionary<string, object?> { [TypeArgument] = Arguments[TypeArgument], ["x-queue-leader-locator"] = "nowhere" }, cancellationToken);

    private Task<QueueDeclareOk> DeclareAsync(IChannel channel, IReadOnlyDictionary<string, object?> arguments, CancellationToken cancellationToken) =>
        channel.QueueDeclareAsync(Name, durable: true, exclusive: false, autoDelete: false, arguments.ToDictionary(), cancellationToken: cancellationToken);
}

/// <summary>A durable exchange.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">How it routes.</param>
internal sealed record ExchangePart(string Name, string Type) : TopologyPart(Name)
{
    public override string Words => $"exchange {Name}";

    public override Task DeclareAsync(IChannel channel, CancellationToken cancellationToken) =>
        channel.ExchangeDeclareAsync(Name, Type, durable: true, cancellationToken: cancellationToken);

    public override Task FindAsync(IChannel channel, CancellationToken cancellationToken) => channel.ExchangeDeclarePassiveAsync(Name, cancellationToken);

    public override Task TryRightAsync(IChannel channel, CancellationToken cancellationToken) =>
        channel.ExchangeDeclareAsync(Name, Type, durable: true, autoDelete: false, new Dictionary<string, object?> { ["alternate-exchange"] = 1 }, cancellationToken: cancellationToken);
}

/// <summary>All messages of an exchange go to a queue.</summary>
/// <param name="Name">The queue.</param>
/// <param name="Exchange">The exchange.</param>
internal sealed record BindingPart(string Name, string Exchange) : TopologyPart(Name)
{
    public override string Words => $"binding of queue {Name} to exchange {Exchange}";

    public override Task DeclareAsync(IChannel channel, CancellationToken cancellationToken) =>
        channel.QueueBindAsync(Name, Exchange, routingKey: "", cancellationToken: cancellationToken);

    /// <summary>
    /// Takes the binding away and declares it anew. Where an exchange was deleted and declared again at the same moment,
    /// RabbitMQ 4.3 (seen with 4.3.6) keeps bindings that it does not route by, and finds nothing to do when they are declared.
    /// </summary>
    public async Task RenewAsync(IChannel channel, CancellationToken cancellationToken)
    {
        await channel.QueueUnbindAsync(Name, Exchange, routingKey: "", cancellationToken: cancellationToken);
        await DeclareAsync(channel, cancellationToken);
    }

    // AMQP has no question for it; whoever may not bind has to trust those who could.
    public override Task FindAsync(IChannel channel, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task TryRightAsync(IChannel channel, CancellationToken cancellationToken) => Task.CompletedTask;
}
