using System.Diagnostics.CodeAnalysis;
using VoiceWorker.RabbitMq.Connection;

namespace VoiceWorker.RabbitMq.Consuming;

/// <summary>
/// Acknowledges deliveries of one channel, many at a time when many are done at the same time. All that are older
/// than the oldest delivery still in flight go in one frame; the others in one each. Under load this saves most of the
/// frames, on both sides; without load nothing waits.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="acknowledge">Sends one frame: the tag, and whether all older deliveries are meant, too.</param>
/// <param name="acknowledged">Told how many deliveries were acknowledged.</param>
/// <param name="failed">
/// Told of a failure other than the loss of the channel: the deliveries of that batch are unsettled, and the channel is to
/// be closed.
/// </param>
internal sealed class AckBatcher(TimeProvider time, Func<ulong, bool, ValueTask> acknowledge, Action<int> acknowledged, Func<Exception, Task> failed) : IThreadPoolWorkItem
{
    // With so many in flight, more will be done in a moment, and no job waits for an acknowledgement.
    private const int Many = 32;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(2);

    private readonly Lock _lock = new();
    private readonly LinkedList<ulong> _inHand = new();
    private List<ulong> _done = [];
    private List<ulong> _spare = [];
    private TaskCompletionSource? _idle;
    private bool _running;

    private bool IsCrowded
    {
        get
        {
            lock (_lock)
                return _inHand.Count >= Many && _done.Count > 0;
        }
    }

    /// <summary>Notes a delivery. Deliveries of a channel arrive in the order of their tags.</summary>
    /// <returns>Its place, for <see cref="Acknowledge"/> or <see cref="Remove"/>.</returns>
    public LinkedListNode<ulong> Add(ulong tag)
    {
        lock (_lock)
            return _inHand.AddLast(tag);
    }

    /// <summary>Has a delivery acknowledged, soon.</summary>
    public void Acknowledge(LinkedListNode<ulong> delivery)
    {
        lock (_lock)
        {
            _inHand.Remove(delivery);
            _done.Add(delivery.Value);
            if (_running)
                return;
            _running = true;
        }

        // At the end of the queue: whatever else is done by then goes along.
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Forgets a delivery that is settled in another way. Call it once that is done, not before.</summary>
    public void Remove(LinkedListNode<ulong> delivery)
    {
        lock (_lock)
            _inHand.Remove(delivery);
    }

    /// <summary>Ends when everything acknowledged so far is sent.</summary>
    public Task FlushAsync()
    {
        lock (_lock)
            return _running ? (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task : Task.CompletedTask;
    }

    void IThreadPoolWorkItem.Execute() => _ = SendAllAsync();

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The loop must go on, or nothing would be acknowledged any more.")]
    private async Task SendAllAsync()
    {
        // One batch after the other: a tag in one frame must not be covered by another one that overtakes it.
        while (true)
        {
            if (IsCrowded)
                await Task.Delay(Moment, time);
            if (!TryTake(out var batch, out var oldest))
                return;
            try
            {
                await SendAsync(batch, oldest);
                acknowledged(batch.Count);
            }
            catch (Exception e) when (BrokerErrors.IsLoss(e))
            {
                // The channel is gone, and with it every acknowledgement: the broker delivers the jobs again.
            }
            catch (Exception e)
            {
                await failed(e);
            }

            batch.Clear();
        }
    }

    private bool TryTake(out List<ulong> batch, out ulong oldest)
    {
        lock (_lock)
        {
            (batch, _done, _spare) = (_done, _spare, _done);
            oldest = _inHand.First?.Value ?? ulong.MaxValue;
            if (batch.Count > 0)
                return true;
            _running = false;
            _idle?.SetResult();
            _idle = null;
            return false;
        }
    }

    private async ValueTask SendAsync(List<ulong> batch, ulong oldest)
    {
        var last = 0ul;
        foreach (var tag in batch)
        {
            if (tag < oldest)
                last = Math.Max(last, tag);
            else
                await acknowledge(tag, false);
        }

        if (last > 0)
            await acknowledge(last, true);
    }
}
