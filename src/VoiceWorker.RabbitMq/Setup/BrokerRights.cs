using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using VoiceWorker.RabbitMq.Connection;

namespace VoiceWorker.RabbitMq.Setup;

/// <summary>Finds out whether the worker's user may do what the work takes, without a message that anybody would get.</summary>
internal sealed class BrokerRights(IOptions<RabbitMqOptions> options)
{
    // There on every broker, and nothing is bound to it here.
    private const string AnyExchange = "amq.fanout";

    private readonly RabbitMqOptions _options = options.Value;

    /// <summary>Asks for the rights to write.</summary>
    /// <param name="connection">A connection; while the broker blocks publishers, this waits.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What is missing, with the remedy.</returns>
    public async Task<IReadOnlyList<string>> CheckWritingAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using var broker = new AskingChannel(connection, new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var problems = new List<string>();
        foreach (var exchange in (string[])[_options.DeadLetterQueue, _options.ResultsExchange])
        {
            // The right to write is asked for first. A binding that is not there can be taken away, and nothing has changed.
            var refusal = await broker.AskAsync((channel, token) => channel.ExchangeUnbindAsync(exchange, AnyExchange, Nobody(), cancellationToken: token), cancellationToken);
            if (IsRefused(refusal, exchange))
                problems.Add(Words(refusal!, exchange));
        }

        if (await broker.AskAsync(PublishToNobodyAsync, cancellationToken) is { ReplyCode: Constants.AccessRefused } refused)
            problems.Add($"{BrokerErrorMessages.Of(refused)} amq.default is the exchange that replies and retries go through.");
        return problems;
    }

    /// <summary>Asks for the right to read from a queue. The broker logs an error for it, so this is for <c>doctor</c>; a worker consumes, and sees.</summary>
    /// <returns>What is missing, with the remedy; null when nothing is.</returns>
    public static async Task<string?> CheckReadingAsync(IConnection connection, string queue, CancellationToken cancellationToken)
    {
        await using var broker = new AskingChannel(connection);
        // The right is asked for first; with such a priority no consumer comes to be.
        var refusal = await broker.AskAsync(
            (channel, token) => channel.BasicConsumeAsync(
                queue, autoAck: false, consumerTag: "", noLocal: false, exclusive: false,
                new Dictionary<string, object?> { ["x-priority"] = "none" }, new AsyncEventingBasicConsumer(channel), token), cancellationToken);
        return IsRefused(refusal, queue) ? BrokerErrorMessages.Of(refusal!) : null;
    }

    private static async Task PublishToNobodyAsync(IChannel channel, CancellationToken cancellationToken)
    {
        try
        {
            await channel.BasicPublishAsync("", Nobody(), mandatory: true, new BasicProperties(), ReadOnlyMemory<byte>.Empty, cancellationToken);
        }
        catch (PublishReturnException)
        {
            // Taken, and nobody's: that is what was asked.
        }
    }

    private static string Words(ShutdownEventArgs refusal, string exchange) =>
        BrokerErrorMessages.Of(refusal).Replace($"may not use the exchange '{exchange}'", $"may not write to the exchange '{exchange}'", StringComparison.Ordinal);

    private static bool IsRefused(ShutdownEventArgs? refusal, string resource) =>
        refusal is { ReplyCode: Constants.AccessRefused } && BrokerErrorMessages.ResourceOf(refusal) == resource;

    private static string Nobody() => $"voiceworker.nobody.{Guid.NewGuid():n}";
}
