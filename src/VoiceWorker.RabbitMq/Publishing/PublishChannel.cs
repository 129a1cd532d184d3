using RabbitMQ.Client;
using VoiceWorker.RabbitMq.Connection;

namespace VoiceWorker.RabbitMq.Publishing;

/// <summary>The channel that messages are sent on now, for whoever waits for one.</summary>
internal sealed class PublishChannel
{
    private volatile TaskCompletionSource<Entry> _current = New();

    /// <summary>Whether there is a channel now.</summary>
    public bool IsOpen => _current.Task.IsCompletedSuccessfully;

    /// <summary>The channel; waits until there is one.</summary>
    public ValueTask<Entry> GetAsync(CancellationToken cancellationToken)
    {
        var task = _current.Task;
        return task.IsCompletedSuccessfully ? new(task.Result) : new(task.WaitAsync(cancellationToken));
    }

    /// <summary>Lets messages onto a channel; the task ends when the channel does.</summary>
    public Task<string> Open(IConnection connection, IChannel channel)
    {
        var entry = new Entry(connection, channel);
        channel.ChannelShutdownAsync += (_, reason) =>
        {
            Close(entry, BrokerErrorMessages.Of(reason));
            return Task.CompletedTask;
        };
        _current.TrySetResult(entry);
        // The event may have come before the handler.
        if (!channel.IsOpen)
            Close(entry, BrokerErrorMessages.Of(channel.CloseReason!));
        return entry.Ended.Task;
    }

    /// <summary>Takes a channel away, so that nobody waits for it in vain.</summary>
    public void Close(Entry entry, string reason)
    {
        var current = _current;
        if (current.Task.IsCompletedSuccessfully && current.Task.Result == entry)
            Interlocked.CompareExchange(ref _current, New(), current);
        entry.Ended.TrySetResult(reason);
    }

    private static TaskCompletionSource<Entry> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A channel and the connection it belongs to.</summary>
    internal sealed record Entry(IConnection Connection, IChannel Channel)
    {
        public TaskCompletionSource<string> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
