using System.Threading.Channels;

namespace VoiceWorker.RabbitMq.Publishing;

/// <summary>
/// Limits the messages sent and not yet confirmed, and watches their clocks. The limiters of RabbitMQ.Client 7.2 do
/// not: they let go when a message is sent, not when it is confirmed, and the bundled one delays a lone publisher.
/// </summary>
internal sealed class PublishSlots : IDisposable
{
    private readonly PublishSlot[] _all;
    private readonly Channel<PublishSlot> _free = Channel.CreateUnbounded<PublishSlot>();
    private readonly ITimer _watch;
    private volatile bool _paused;

    /// <param name="count">Messages on their way at most.</param>
    /// <param name="limit">The time that a small message has.</param>
    /// <param name="time">The clock.</param>
    public PublishSlots(int count, TimeSpan limit, TimeProvider time)
    {
        _all = [.. Enumerable.Range(0, count).Select(_ => new PublishSlot(time))];
        foreach (var slot in _all)
            _free.Writer.TryWrite(slot);
        var period = limit / 20;
        _watch = time.CreateTimer(static slots => ((PublishSlots)slots!).Watch(), this, period, period);
    }

    /// <summary>Whether the clocks stand still: the broker has said that it takes nothing now.</summary>
    public bool Paused
    {
        get => _paused;
        set => _paused = value;
    }

    /// <summary>Waits for a free slot; first come, first served.</summary>
    public ValueTask<PublishSlot> TakeAsync(CancellationToken cancellationToken) => _free.Reader.ReadAsync(cancellationToken);

    /// <summary>A free slot, if there is one now.</summary>
    public bool TryTake(out PublishSlot? slot) => _free.Reader.TryRead(out slot);

    /// <summary>Gives a slot back.</summary>
    public void Return(PublishSlot slot)
    {
        slot.End();
        _free.Writer.TryWrite(slot);
    }

    public void Dispose()
    {
        _watch.Dispose();
        foreach (var slot in _all)
            slot.Dispose();
    }

    private void Watch()
    {
        foreach (var slot in _all)
        {
            if (_paused)
                slot.Restart();
            else
                slot.CancelWhenLate();
        }
    }
}
