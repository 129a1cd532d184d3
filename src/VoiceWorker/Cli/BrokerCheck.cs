using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using VoiceWorker.Core.Ports;
using VoiceWorker.RabbitMq;
using VoiceWorker.RabbitMq.Connection;
using VoiceWorker.RabbitMq.Setup;

namespace VoiceWorker.Host.Cli;

/// <summary>Connects to the broker, for a command that cannot do without it, and for <c>doctor</c>, which changes nothing there.</summary>
internal sealed class BrokerCheck(BrokerConnector connector, BrokerSetup setup, IOptions<RabbitMqOptions> options) : IEngine
{
    private const string Remedy = "Start RabbitMQ, or say where it is: --RabbitMq:Uri=amqp://user:password@host/vhost (docs/configuration.md).";

    /// <inheritdoc/>
    public string Name => "rabbitmq";

    /// <summary>Connects, or says in plain words why that is not possible.</summary>
    /// <exception cref="IOException">The broker cannot be reached, or refuses.</exception>
    public async Task<BrokerConnection> ConnectAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await connector.ConnectAsync(name, cancellationToken);
        }
        catch (Exception e) when (BrokerErrors.IsLoss(e))
        {
            throw new IOException($"No connection to {connector.Address}: {BrokerErrors.Words(e)}", e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<EngineStatus> CheckAsync(CancellationToken cancellationToken)
    {
        BrokerConnection connection;
        try
        {
            connection = await ConnectAsync("doctor", cancellationToken);
        }
        catch (IOException e)
        {
            return new(false, e.Message, Remedy);
        }

        await using (connection)
        {
            var version = BrokerVersion.Of(connection.Client);
            var broker = $"{connector.Address}, RabbitMQ {version}";
            try
            {
                var (problems, missing) = await setup.InspectAsync(connection.Client, cancellationToken);
                if (problems.Count > 0)
                    return new(false, broker, string.Join(Environment.NewLine, problems));
                return new(true, $"{broker}; {await QueueAsync(connection.Client, missing, cancellationToken)}", BrokerVersion.DefectOf(version));
            }
            catch (Exception e) when (BrokerErrors.IsLoss(e))
            {
                return new(false, $"{broker}: {BrokerErrors.Words(e)}", "Look at the broker's log.");
            }
        }
    }

    private async Task<string> QueueAsync(IConnection connection, IReadOnlyList<TopologyPart> missing, CancellationToken cancellationToken)
    {
        var queue = options.Value.Queue;
        if (missing.Count > 0)
            return $"{string.Join(", ", missing.Select(part => part.Name).Distinct())}: not there yet, the first worker declares it";
        await using var broker = new AskingChannel(connection);
        QueueDeclareOk? state = null;
        await broker.AskAsync(async (channel, token) => state = await channel.QueueDeclarePassiveAsync(queue, token), cancellationToken);
        return state is null ? queue : $"{queue}: jobs waiting {state.MessageCount}, workers {state.ConsumerCount}";
    }
}
