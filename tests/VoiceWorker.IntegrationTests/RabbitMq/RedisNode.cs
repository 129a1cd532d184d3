using StackExchange.Redis;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Deploy;
using VoiceWorker.IntegrationTests.Monitoring;

namespace VoiceWorker.IntegrationTests.RabbitMq;

/// <summary>A Redis server of a test's own, in memory only, with a password.</summary>
internal sealed class RedisNode : IAsyncDisposable
{
    private const string Password = "open sesame";

    private readonly TemporaryFolder _folder = new();
    private readonly TiedProcess _process;
    private readonly int _port = FreePort.Next();

    private RedisNode()
    {
        File.WriteAllText(_folder["password"], Password);
        _process = TiedProcess.Start(_folder["output"], "redis-server", "--port", $"{_port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--requirepass", Password);
    }

    /// <summary>What a worker needs to use it.</summary>
    public (string Name, string Value)[] Settings =>
        [("FinishedJobs:Redis", $"127.0.0.1:{_port}"), ("FinishedJobs:RedisPasswordFile", _folder["password"]), ("FinishedJobs:RedisTimeout", "00:00:05")];

    public static async Task<RedisNode> StartAsync()
    {
        var node = new RedisNode();
        await Wait.UntilAsync(node.AnswersAsync, "Redis answers");
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{_port},password={Password},connectTimeout=500");
            return connection.IsConnected;
        }
        catch (RedisConnectionException)
        {
            return false;
        }
    }
}
