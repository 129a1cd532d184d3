using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client.Exceptions;
using RabbitMQ.Client;

namespace VoiceWorker.RabbitMq.Connection;

/// <summary>Keeps one connection to the broker for as long as the worker runs, from the first try on.</summary>
internal sealed class ReconnectLoop(
    BrokerConnector connector, BrokerProblems troubles, IOptions<RabbitMqOptions> options, RabbitMqMetrics metrics, TimeProvider time, ILogger<ReconnectLoop> log)
{
    // A session that lasted this long was a good one; the next failure starts from the shortest delay.
    private static readonly TimeSpan GoodSession = TimeSpan.FromSeconds(10);

    /// <summary>Connects, runs a session on the connection until it ends, and starts again.</summary>
    /// <param name="name">What the connection is for, a metric label.</param>
    /// <param name="session">Works with the connection; returns why it ended.</param>
    /// <param name="cancellationToken">Ends the loop.</param>
    public async Task RunAsync(string name, Func<IConnection, CancellationToken, Task<string>> session, CancellationToken cancellationToken)
    {
        var failures = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            var (reason, wasUnreadable) = await TryRunAsync(name, session, cancellationToken);
            if (cancellationToken.IsCancellationRequested)
                return;
            // A message that could not be read says nothing against the broker; the sooner it is met again, the sooner it is gone.
            failures = wasUnreadable || time.GetElapsedTime(started) > GoodSession ? 1 : failures + 1;
            var delay = Delay(failures);
            troubles.Set(name, reason);
            Log.BrokerLost(log, name, connector.Address, reason, delay);
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever ended the session, the next one may work.")]
    private async Task<(string Reason, bool WasUnreadable)> TryRunAsync(string name, Func<IConnection, CancellationToken, Task<string>> session, CancellationToken cancellationToken)
    {
        IConnection? client = null;
        try
        {
            await using var connection = await connector.ConnectAsync(name, cancellationToken);
            client = connection.Client;
            metrics.Connects(name, succeeded: true);
            metrics.Connected(name).Set(1);
            Log.BrokerConnected(log, name, connector.Address);
            return (await session(client, cancellationToken), WasUnreadable());
        }
        catch (Exception e)
        {
            if (e is BrokerUnreachableException)
                metrics.Connects(name, succeeded: false);
            return (BrokerErrors.Words(e), WasUnreadable());
        }
        finally
        {
            metrics.Connected(name).Set(0);
        }

        bool WasUnreadable() => client?.CloseReason is { } reason && BrokerErrors.IsUnreadable(reason);
    }

    private TimeSpan Delay(int failures)
    {
        var settings = options.Value;
        var delay = settings.ReconnectDelay * Math.Pow(2, Math.Min(failures - 1, 20));
        var jitter = 0.5 + (Random.Shared.NextDouble() / 2);
        return (delay < settings.MaxReconnectDelay ? delay : settings.MaxReconnectDelay) * jitter;
    }
}
