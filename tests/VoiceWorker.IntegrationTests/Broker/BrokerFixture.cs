using VoiceWorker.IntegrationTests.Broker;

[assembly: AssemblyFixture(typeof(BrokerFixture))]

namespace VoiceWorker.IntegrationTests.Broker;

/// <summary>
/// The node that all tests share, started by the first that asks for it. Each test uses queue names of its own; a test
/// that stops or freezes the broker starts another node.
/// </summary>
public sealed class BrokerFixture : IAsyncDisposable
{
    private readonly Lazy<Task<RabbitMqNode>> _node = new(() => RabbitMqNode.StartAsync());

    internal Task<RabbitMqNode> NodeAsync() => _node.Value;

    public async ValueTask DisposeAsync()
    {
        if (_node.IsValueCreated && _node.Value.IsCompletedSuccessfully)
            await _node.Value.Result.DisposeAsync();
    }
}
