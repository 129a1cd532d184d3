using VoiceWorker.IntegrationTests.Broker;

namespace VoiceWorker.ChaosTests.Faults;

/// <summary>A node for tests that mistreat it: with tight limits, and free to be stopped and frozen.</summary>
public sealed class FaultyBrokerFixture : IAsyncLifetime
{
    /// <summary>The largest message in bytes that this node takes.</summary>
    internal const int MaxMessageSize = 1024 * 1024;

    /// <summary>After how many seconds a delivery must be settled.</summary>
    internal const int ConsumerTimeoutSeconds = 8;

    internal RabbitMqNode Node { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Node = await RabbitMqNode.StartAsync(
        $"max_message_size = {MaxMessageSize}\nconsumer_timeout = {ConsumerTimeoutSeconds * 1000}",
        "{channel_tick_interval, 1000}");

    public async ValueTask DisposeAsync() => await Node.DisposeAsync();
}
