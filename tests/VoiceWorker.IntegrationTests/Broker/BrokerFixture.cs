using VoiceWorker.IntegrationTests.Broker;

[assembly: AssemblyFixture(typeof(BrokerFixture))]

namespace VoiceWorker.IntegrationTests.Broker;

/// <summary>
/// The node that all tests share, started by the first that asks for it. Each test uses queue names of its own; a test
/// that stops or freezes the broker starts another node.
/// </summary>
public sealed class BrokerFixture : IAsyncDisposable
{
    // RabbitMQ 4 would take no more than 16 MiB at once; the worker's own limits are to be tried.
    private readonly Lazy<Task<RabbitMqNode>> _node = new(() => RabbitMqNode.StartAsync("max_message_size = 134217728"));

    internal Task<RabbitMqNode> NodeAsync() => _node.Value;

    public async ValueTask DisposeAsync()
    {
        if (_node.IsValueCreated && _node.Value.IsCompletedSuccessfully)
            await _node.Value.Result.DisposeAsync();
    }
}
