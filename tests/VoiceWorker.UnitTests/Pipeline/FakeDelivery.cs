using System.Collections.Concurrent;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Contract.Replies;
using VoiceWorker.Core.Ports;

namespace VoiceWorker.UnitTests.Pipeline;

/// <summary>A delivery without a broker: it keeps what it is told and breaks on demand.</summary>
internal sealed class FakeDelivery : IDelivery
{
    private readonly TaskCompletionSource<Settlement> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<Reply> Replies { get; } = new();

    public ConcurrentQueue<Settlement> Settlements { get; } = new();

    public Func<Reply, ValueTask> OnReply { get; init; } = _ => ValueTask.CompletedTask;

    public Func<Settlement, ValueTask> OnSettle { get; init; } = _ => ValueTask.CompletedTask;

    public Func<ValueTask> OnCheckRequester { get; init; } = () => ValueTask.CompletedTask;

    public Action OnAbandon { get; init; } = () => { };

    public Action OnDispose { get; init; } = () => { };

    public bool HasRetriesLeft { get; init; }

    /// <summary>The settlement, once the pipeline is through with the delivery.</summary>
    public async Task<Settlement> SettledAsync()
    {
        await _disposed.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        return await _settled.Task;
    }

    /// <summary>Ends when the pipeline is through with the delivery, settled or not.</summary>
    public Task DisposedAsync() => _disposed.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

    public async ValueTask ReplyAsync(Reply reply, CancellationToken cancellationToken)
    {
        await OnReply(reply);
        Replies.Enqueue(reply);
    }

    public ValueTask CheckRequesterAsync(CancellationToken cancellationToken) => OnCheckRequester();

    public async ValueTask SettleAsync(Settlement settlement, CancellationToken cancellationToken)
    {
        await OnSettle(settlement);
        Settlements.Enqueue(settlement);
        _settled.TrySetResult(settlement);
    }

    public void AbandonMemory() => OnAbandon();

    public void Dispose()
    {
        OnDispose();
        _disposed.SetResult();
    }
}
