using System.Text;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using VoiceWorker.Core.Ports;
using VoiceWorker.Host.RabbitMq;

namespace VoiceWorker.Host.Cli;

/// <summary>Connects to the broker, for a command that cannot do without it and for <c>doctor</c>.</summary>
internal sealed class BrokerCheck(BrokerConnector connector, IOptions<RabbitMqOptions> options) : IEngine
{
    private const string Remedy = "Start RabbitMQ, or say where it is: --RabbitMq:Uri=amqp://user:password@host/vhost (README, Configuration).";

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
        try
        {
            await using var connection = await ConnectAsync("doctor", cancellationToken);
            var version = connection.Client.ServerProperties?.TryGetValue("version", out var value) == true && value is byte[] utf8 ? Encoding.UTF8.GetString(utf8) : "";
            return new(true, $"{connector.Address}, RabbitMQ {version}; {await QueueAsync(connection.Client, cancellationToken)}");
        }
        catch (IOException e)
        {
            return new(false, e.Message, Remedy);
        }
    }

    private async Task<string> QueueAsync(IConnection connection, CancellationToken cancellationToken)
    {
        var queue = options.Value.Queue;
        try
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
            var state = await channel.QueueDeclarePassiveAsync(queue, cancellationToken);
            return $"{queue}: jobs waiting {state.MessageCount}, workers {state.ConsumerCount}";
        }
        catch (OperationInterruptedException)
        {
            return $"{queue} is not there yet, the first worker declares it";
        }
    }
}
