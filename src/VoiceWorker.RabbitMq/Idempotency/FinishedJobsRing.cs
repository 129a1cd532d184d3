namespace VoiceWorker.RabbitMq.Idempotency;

/// <summary>
/// The last finished jobs in one ring of bytes: each new one overwrites the oldest, and nothing is allocated for it,
/// which replies of hundreds of kilobytes would make felt.
/// </summary>
/// <param name="capacity">Bytes of the ring; 0 remembers nothing.</param>
/// <param name="retention">How long a job is remembered at most.</param>
/// <param name="time">The clock.</param>
internal sealed class FinishedJobsRing(int capacity, TimeSpan retention, TimeProvider time)
{
    // What an entry takes beside its reply is counted as part of it, or entries without a reply would be without bound.
    private const int Smallest = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, Entry> _entries = [];
    private readonly Queue<(UInt128 Key, Entry Entry)> _order = new();
    private byte[]? _ring;
    private int _end;
    private long _bytes;

    /// <summary>Bytes in use.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Remembers a job, unless it is larger than the whole ring.</summary>
    public void Add(UInt128 key, FinishedJob job)
    {
        var length = job.Reply.Length;
        var size = Math.Max(length, Smallest);
        if (size > capacity)
            return;
        lock (_lock)
        {
            _ring ??= GC.AllocateUninitializedArray<byte>(capacity);
            var start = _end + size <= capacity ? _end : 0;
            var now = time.GetTimestamp();
            while (_order.TryPeek(out var oldest) && (IsInTheWay(oldest.Entry, start, size) || time.GetElapsedTime(oldest.Entry.At, now) > retention))
                Forget(_order.Dequeue());
            job.Reply.Span.CopyTo(_ring.AsSpan(start));
            var entry = new Entry(job.Moved, start, length, size, now, job.RoutingKey) { IsSent = job.IsSent };
            _entries[key] = entry;
            _order.Enqueue((key, entry));
            (_end, _bytes) = (start + size, _bytes + size);
        }
    }

    /// <summary>Finds a job.</summary>
    /// <returns>With bytes of its own; null when it is not known, or not any more.</returns>
    public FinishedJob? Find(UInt128 key)
    {
        lock (_lock)
        {
            return _entries.TryGetValue(key, out var entry) && time.GetElapsedTime(entry.At) <= retention
                ? new(entry.Moved, _ring.AsSpan(entry.Start, entry.Length).ToArray(), entry.RoutingKey, entry.IsSent)
                : null;
        }
    }

    /// <summary>Notes that the broker has the reply of a job.</summary>
    public void MarkSent(UInt128 key)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var entry))
                entry.IsSent = true;
        }
    }

    // The oldest entries lie right behind the end of the newest, up to the ring's end and then from its beginning.
    private bool IsInTheWay(Entry oldest, int start, int size) => start < _end
        ? oldest.Start >= _end || oldest.Start < start + size
        : oldest.Start >= _end && oldest.Start < start + size;

    private void Forget((UInt128 Key, Entry Entry) oldest)
    {
        _bytes -= oldest.Entry.Size;
        // What ended again later has a newer entry.
        if (_entries.TryGetValue(oldest.Key, out var known) && known == oldest.Entry)
            _entries.Remove(oldest.Key);
    }

    private sealed class Entry(int moved, int start, int length, int size, long at, string routingKey)
    {
        public int Moved => moved;

        public int Start => start;

        public int Length => length;

        public int Size => size;

        public long At => at;

        public string RoutingKey => routingKey;

        public bool IsSent { get; set; }
    }
}
