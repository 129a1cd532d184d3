using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.RabbitMq;

namespace VoiceWorker.IntegrationTests.RoundTrip;

/// <summary>One worker and one producer for all round trips.</summary>
public sealed class WholeWorkerFixture(BrokerFixture broker) : IAsyncLifetime
{
    internal WholeWorker Worker { get; private set; } = null!;

    internal TestProducer Producer { get; private set; } = null!;

    internal TestQueues Queues { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var node = await broker.NodeAsync();
        Queues = new TestQueues(node);
        Worker = await WholeWorker.StartAsync(node, Queues);
        Producer = await TestProducer.StartAsync(node, Queues);
    }

    public async ValueTask DisposeAsync()
    {
        await Producer.DisposeAsync();
        await Worker.DisposeAsync();
    }
}
