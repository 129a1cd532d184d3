using RabbitMQ.Client;

namespace VoiceWorker.RabbitMq.Connection;

/// <summary>One connection, which ends for certain when it is disposed.</summary>
/// <param name="connection">The client's connection.</param>
/// <param name="cut">Closes its socket.</param>
internal sealed class BrokerConnection(IConnection connection, Action cut) : IAsyncDisposable
{
    // The client gives its own goodbye at least this long.
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(6);

    public IConnection Client => connection;

    public async ValueTask DisposeAsync()
    {
        // The client waits without a limit for its writer, which in turn waits for a broker that reads no more.
        var goodbye = GoodbyeAsync();
        if (await Task.WhenAny(goodbye, Task.Delay(CloseTimeout)) != goodbye)
            cut();
    }

    private async Task GoodbyeAsync()
    {
        try
        {
            await connection.AbortAsync(TimeSpan.FromSeconds(5));
            await connection.DisposeAsync();
        }
        catch (Exception e) when (e is ObjectDisposedException or OperationCanceledException || BrokerErrors.IsLoss(e))
        {
            // It is gone, which is what was wanted.
        }
    }
}
