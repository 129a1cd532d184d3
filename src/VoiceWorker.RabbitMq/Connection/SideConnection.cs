using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using VoiceWorker.RabbitMq.Consuming;
using VoiceWorker.RabbitMq.Publishing;
using VoiceWorker.RabbitMq.Setup;

namespace VoiceWorker.RabbitMq.Connection;

/// <summary>
/// The connection for everything but jobs and replies: it counts what waits, declares anew what was deleted, hears
/// cancellations, and asks for reply queues. A broker that lacks memory blocks connections that publish, and that is when the counts matter.
/// </summary>
internal sealed class SideConnection(
    ReconnectLoop loop, QueueObserver observer, BrokerSetup setup, ControlListener control, ReplyQueues replyQueues, IOptions<RabbitMqOptions> options) : BackgroundService
{
    public const string ConnectionName = "observe";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunAsync(ConnectionName, RunAsync, stoppingToken);

    private async Task<string> RunAsync(IConnection connection, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<string>[] work = options.Value.ControlExchange.Length == 0
            ? [observer.ObserveAsync(connection, end.Token), setup.WatchAsync(connection, end.Token)]
            : [observer.ObserveAsync(connection, end.Token), setup.WatchAsync(connection, end.Token), control.ListenAsync(connection, end.Token)];
        replyQueues.Use(connection);
        try
        {
            return await await Task.WhenAny(work);
        }
        finally
        {
            replyQueues.Use(null);
            await end.CancelAsync();
            await ((Task)Task.WhenAll(work)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
