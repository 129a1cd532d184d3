using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;

namespace VoiceWorker.Core.Pipeline;

/// <summary>
/// The wishes to end jobs that are still on their way: in the queue, or waiting for another attempt. Each sender has room
/// for so many; one that sends more forgets its own oldest, nobody else's.
/// </summary>
/// <param name="kept">How long a wish is kept.</param>
/// <param name="time">The clock.</param>
internal sealed class Cancellations(TimeSpan kept, TimeProvider time)
{
    /// <summary>How many are kept of one sender (or reply address).</summary>
    public const int MaxOfOne = 1000;

    // About 10 MB. Whoever uses that many names at once makes those with the most wishes forget theirs.
    private const int Most = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, long> _known = [];
    private readonly Dictionary<UInt128, Queue<(UInt128 Key, long At)>> _bySender = [];
    // Nobody can look for two wishes with the same hash.
    private readonly long _seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
    private int _count;

    public void Add(Cancellation cancellation)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (cancellation.SenderId is { } sender)
                Add(Hash("sender", sender, ""), Hash("sender", sender, cancellation.MessageId), now);
            if (cancellation.ReplyTo is { } address)
                Add(Hash("reply_to", address, ""), Hash("reply_to", address, cancellation.MessageId), now);
            if (cancellation is { SenderId: null, ReplyTo: null })
                Add(Hash("", "", ""), Hash("", "", cancellation.MessageId), now);
            if (_count > Most)
                MakeRoom(now);
        }
    }

    public bool Contains(VoiceJob job)
    {
        lock (_lock)
        {
            if (_count == 0)
                return false;
            return job.SenderId is null && job.ReplyTo is null
                ? Knows(Hash("", "", job.MessageId))
                : (job.SenderId is { } sender && Knows(Hash("sender", sender, job.MessageId))) || (job.ReplyTo is { } address && Knows(Hash("reply_to", address, job.MessageId)));
        }
    }

    private void Add(UInt128 sender, UInt128 key, long now)
    {
        ref var queue = ref CollectionsMarshal.GetValueRefOrAddDefault(_bySender, sender, out _);
        queue ??= new();
        _known[key] = now;
        queue.Enqueue((key, now));
        _count++;
        while (queue.Count > MaxOfOne || IsOver(queue.Peek().At, now))
            Forget(queue);
    }

    private bool Knows(UInt128 key) => _known.TryGetValue(key, out var at) && !IsOver(at, time.GetTimestamp());

    private bool IsOver(long at, long now) => time.GetElapsedTime(at, now) > kept;

    private void Forget(Queue<(UInt128 Key, long At)> queue)
    {
        var (key, at) = queue.Dequeue();
        _count--;
        // One that was wished again stands further back once more.
        if (_known.GetValueOrDefault(key) == at)
            _known.Remove(key);
    }

    // A tenth at once, so that a flood does not pay for this with each wish.
    private void MakeRoom(long now)
    {
        foreach (var queue in _bySender.Values)
        {
            while (queue.TryPeek(out var oldest) && IsOver(oldest.At, now))
                Forget(queue);
        }

        for (var limit = _bySender.Values.Max(queue => queue.Count); _count > Most / 10 * 9; limit /= 2)
        {
            foreach (var queue in _bySender.Values)
            {
                while (queue.Count > limit && _count > Most / 10 * 9)
                    Forget(queue);
            }
        }

        foreach (var (sender, queue) in _bySender)
        {
            if (queue.Count == 0)
                _bySender.Remove(sender);
        }
    }

    private UInt128 Hash(string kind, string owner, string messageId)
    {
        var hash = new XxHash128(_seed);
        foreach (var part in (ReadOnlySpan<string>)[kind, owner, messageId])
        {
            // The length keeps ("a", "bc") apart from ("ab", "c").
            var length = part.Length;
            hash.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in length)));
            hash.Append(MemoryMarshal.AsBytes(part.AsSpan()));
        }

        return hash.GetCurrentHashAsUInt128();
    }
}
