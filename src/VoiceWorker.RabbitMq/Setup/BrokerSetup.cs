using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client.Events;
using RabbitMQ.Client;
using VoiceWorker.RabbitMq.Connection;
using VoiceWorker.RabbitMq.Publishing;

namespace VoiceWorker.RabbitMq.Setup;

/// <summary>
/// Sees to it that the broker is as the worker needs it: declares the queues and exchanges, finds out which rights are
/// missing, and says in words what is wrong. A user who may not declare uses what is there.
/// </summary>
internal sealed class BrokerSetup(BrokerRights rights, BrokerProblems troubles, IOptions<RabbitMqOptions> options, TimeProvider time, ILogger<BrokerSetup> log)
{
    /// <summary>In how many rounds after an exchange was gone its bindings are made anew: the first may be a part of the same moment.</summary>
    public const int RoundsToRenew = 2;

    private readonly RabbitMqOptions _options = options.Value;
    private readonly IReadOnlyList<TopologyPart> _topology = Topology.Of(options.Value);
    private bool _defectIsLogged;
    private volatile bool _wasComplete;

    /// <summary>Declares everything and checks the rights, before a connection is used.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="name">What it is for, a metric label.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BrokerSetupException">Something is missing or not as it should be.</exception>
    public async Task EnsureAsync(IConnection connection, string name, CancellationToken cancellationToken)
    {
        if (BrokerVersion.DefectOf(BrokerVersion.Of(connection)) is { } defect && !Interlocked.Exchange(ref _defectIsLogged, true))
            Log.BrokerDefect(log, defect);
        await DeclareAsync(connection, cancellationToken);
        if (name == ConfirmedPublisher.ConnectionName)
            ThrowIfAny(await rights.CheckWritingAsync(connection, cancellationToken));
        troubles.Clear(name);
    }

    /// <summary>Declares everything on a channel of its own: a dozen round trips, which change nothing where all is there. May run several times at once.</summary>
    /// <exception cref="BrokerSetupException">Something is missing or not as it should be.</exception>
    public async Task DeclareAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using var broker = new AskingChannel(connection);
        var problems = new List<string>();
        foreach (var part in _topology)
        {
            if (await DeclareAsync(broker, part, cancellationToken) is { } problem)
                problems.Add(problem);
        }

        ThrowIfAny(problems);
        _wasComplete = true;
    }

    /// <summary>Declares one part, or looks for it where declaring is not wanted or not allowed.</summary>
    /// <returns>What is wrong with it, and the remedy; null when nothing is.</returns>
    public async Task<string?> DeclareAsync(AskingChannel broker, TopologyPart part, CancellationToken cancellationToken)
    {
        if (!_options.DeclareTopology)
            return await IsMissingAsync(broker, part, cancellationToken) ? BrokerErrorMessages.IsMissing(part) : null;
        return await broker.AskAsync(part.DeclareAsync, cancellationToken) switch
        {
            null => null,
            { ReplyCode: Constants.AccessRefused } refusal => await IsMissingAsync(broker, part, cancellationToken) ? BrokerErrorMessages.MayNotDeclare(part, refusal) : null,
            // Another part is missing, which has been said of that one.
            { ReplyCode: Constants.NotFound } => null,
            { } refusal => BrokerErrorMessages.Differs(part, await MaxTellingAsync(broker, part, refusal, cancellationToken)),
        };
    }

    /// <summary>Looks for everything now and then, and declares anew what was deleted.</summary>
    /// <returns>Why it ended: the connection is gone.</returns>
    public async Task<string> WatchAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using var broker = new AskingChannel(connection);
        var roundsToRenew = 0;
        while (_options.DeclareTopology)
        {
            await Task.Delay(_options.ObserveInterval, time, cancellationToken);
            // What was never there is declared before the first job is taken, and not gone.
            if (!_wasComplete)
                continue;
            foreach (var part in _topology.Where(part => part is not BindingPart))
            {
                if (await RepairAsync(broker, part, cancellationToken) && part is ExchangePart)
                    roundsToRenew = RoundsToRenew;
            }

            // A binding cannot be looked for; to declare it again does no harm.
            foreach (var binding in _topology.OfType<BindingPart>())
                await broker.AskAsync(roundsToRenew > 0 ? binding.RenewAsync : binding.DeclareAsync, cancellationToken);
            roundsToRenew = Math.Max(0, roundsToRenew - 1);
        }

        return await new TaskCompletionSource<string>().Task.WaitAsync(cancellationToken);
    }

    /// <summary>Whether the broker says that a part is not there.</summary>
    public static async Task<bool> IsMissingAsync(AskingChannel broker, TopologyPart part, CancellationToken cancellationToken) =>
        // Any other refusal, such as for a want of rights (RabbitMQ 4.3), says nothing about that.
        await broker.AskAsync(part.FindAsync, cancellationToken) is { ReplyCode: Constants.NotFound };

    /// <summary>Finds out what a worker would find wrong, and declares nothing.</summary>
    /// <returns>What is wrong, with the remedies; and what is not there yet.</returns>
    public async Task<(IReadOnlyList<string> Problems, IReadOnlyList<TopologyPart> Missing)> InspectAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using var broker = new AskingChannel(connection);
        List<string> problems = [];
        List<TopologyPart> missing = [];
        foreach (var part in _topology.Where(part => part is not BindingPart))
        {
            if (!await IsMissingAsync(broker, part, cancellationToken))
            {
                // What is there is not declared by this, but compared.
                if (await DeclareAsync(broker, part, cancellationToken) is { } problem)
                    problems.Add(problem);
                continue;
            }

            missing.Add(part);
            if (!_options.DeclareTopology)
                problems.Add(BrokerErrorMessages.IsMissing(part));
            else if (await broker.AskAsync(part.TryRightAsync, cancellationToken) is { ReplyCode: Constants.AccessRefused } refusal)
                problems.Add(BrokerErrorMessages.MayNotDeclare(part, refusal));
        }

        problems.AddRange(await rights.CheckWritingAsync(connection, cancellationToken));
        foreach (var queue in Topology.ConsumedQueues(_options).Where(queue => !missing.Any(part => part.Name == queue)))
        {
            if (await BrokerRights.CheckReadingAsync(connection, queue, cancellationToken) is { } unread)
                problems.Add(unread);
        }

        return (problems, missing);
    }

    private async Task<bool> RepairAsync(AskingChannel broker, TopologyPart part, CancellationToken cancellationToken)
    {
        if (!await IsMissingAsync(broker, part, cancellationToken))
            return false;
        if (await DeclareAsync(broker, part, cancellationToken) is { } problem)
            Log.TopologyNotRepaired(log, problem);
        else
            Log.TopologyRepaired(log, part.Words);
        return true;
    }

    // The broker names the first difference that it meets; of a queue of another type that is any argument.
    private static async Task<ShutdownEventArgs> MaxTellingAsync(AskingChannel broker, TopologyPart part, ShutdownEventArgs refusal, CancellationToken cancellationToken) =>
        part is QueuePart queue && await broker.AskAsync(queue.CompareTypeAsync, cancellationToken) is { } typeRefusal && BrokerErrorMessages.IsOfType(typeRefusal) ? typeRefusal : refusal;

    private static void ThrowIfAny(IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
            throw new BrokerSetupException(problems);
    }
}
