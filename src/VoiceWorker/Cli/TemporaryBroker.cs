using RabbitMQ.Client;

namespace VoiceWorker.Host.Cli;

internal static class TemporaryBroker
{
    public static IConnectionFactory Factory(IConfiguration configuration) =>
        new ConnectionFactory { Uri = new(configuration["RabbitMq:Uri"] ?? "amqp://localhost"), AutomaticRecoveryEnabled = false };
}
