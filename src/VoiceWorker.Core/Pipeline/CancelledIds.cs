namespace VoiceWorker.Core.Pipeline;

/// <summary>Ids of cancelled jobs, kept for those that are still on their way: in the queue, or waiting for another attempt.</summary>
/// <param name="kept">How long an id is kept.</param>
/// <param name="time">The clock.</param>
internal sealed class CancelledIds(TimeSpan kept, TimeProvider time)
{
    // About 20 MB at the longest ids; whoever sends cancels without end forgets the oldest.
    private const int Most = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _ids = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, long At)> _order = new();

    public void Add(string messageId)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _ids[messageId] = now;
            _order.Enqueue((messageId, now));
            while (_order.Count > Most || time.GetElapsedTime(_order.Peek().At, now) > kept)
                Forget(_order.Dequeue());
        }
    }

    public bool Contains(string messageId)
    {
        lock (_lock)
            return _ids.Count > 0 && _ids.TryGetValue(messageId, out var at) && time.GetElapsedTime(at) <= kept;
    }

    private void Forget((string Id, long At) oldest)
    {
        // An id that was cancelled again stands further back once more.
        if (_ids.GetValueOrDefault(oldest.Id) == oldest.At)
            _ids.Remove(oldest.Id);
    }
}
