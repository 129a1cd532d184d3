using Microsoft.Extensions.Time.Testing;
using VoiceWorker.RabbitMq.Consuming;

namespace VoiceWorker.UnitTests.RabbitMq;

public sealed class AckBatcherTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<(ulong Tag, bool Multiple)> _frames = [];
    private readonly TaskCompletionSource _firstFrame = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _acknowledged;

    [Fact]
    public async Task Acknowledge_OldestInHand_CoversAllUpToIt()
    {
        var acks = Batcher();
        var places = Add(acks, 1, 2, 3, 4);
        await HoldFirstFrameAsync(acks, places[0]);

        acks.Acknowledge(places[2]);
        acks.Acknowledge(places[1]);
        await ReleaseAsync(acks);

        Assert.Equal([(1ul, true), (3ul, true)], _frames);
        Assert.Equal(3, _acknowledged);
    }

    [Fact]
    public async Task Acknowledge_OlderOneStillInHand_IsNeverCovered()
    {
        var acks = Batcher();
        var places = Add(acks, 1, 2, 3, 4, 5);
        await HoldFirstFrameAsync(acks, places[0]);

        acks.Acknowledge(places[4]);
        acks.Acknowledge(places[1]);
        acks.Acknowledge(places[3]);
        await ReleaseAsync(acks);

        // 3 is in flight: 4 and 5 go by themselves, 2 may cover what is older.
        Assert.Equal([(1ul, true), (5ul, false), (4ul, false), (2ul, true)], _frames);
    }

    [Fact]
    public async Task Remove_SettledInAnotherWay_LetsTheOthersBeCovered()
    {
        var acks = Batcher();
        var places = Add(acks, 1, 2, 3);
        await HoldFirstFrameAsync(acks, places[0]);

        acks.Remove(places[1]);
        acks.Acknowledge(places[2]);
        await ReleaseAsync(acks);

        Assert.Equal([(1ul, true), (3ul, true)], _frames);
    }

    [Fact]
    public async Task Acknowledge_ManyInHand_WaitsAMomentForMore()
    {
        var acks = Batcher();
        var places = Add(acks, [.. Enumerable.Range(1, 60).Select(tag => (ulong)tag)]);
        _goOn.SetResult();

        foreach (var place in places[..20])
            acks.Acknowledge(place);
        // The wait begins on a thread of the pool.
        while (!acks.FlushAsync().IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        Assert.Equal([(20ul, true)], _frames);
        Assert.Equal(20, _acknowledged);
    }

    [Fact]
    public async Task FlushAsync_NothingToDo_EndsAtOnce() => await Batcher().FlushAsync();

    [Fact]
    public async Task Acknowledge_AnyOrder_AcknowledgesEachOnceAndNoneInHand()
    {
        var outstanding = new SortedSet<ulong>();
        var acks = new AckBatcher(
            TimeProvider.System,
            (tag, multiple) =>
            {
                // What a broker does: an unknown tag would close the channel.
                Assert.Contains(tag, outstanding);
                outstanding.RemoveWhere(t => t == tag || (multiple && t < tag));
                return ValueTask.CompletedTask;
            },
            _ => { },
            e => throw e);
        var random = new Random(1);
        var held = new List<LinkedListNode<ulong>>();
        for (var tag = 1ul; tag <= 5000; tag++)
        {
            outstanding.Add(tag);
            held.Add(acks.Add(tag));
            while (held.Count > random.Next(50))
            {
                var next = random.Next(held.Count);
                acks.Acknowledge(held[next]);
                held.RemoveAt(next);
            }

            await acks.FlushAsync();
            Assert.Equal(held.Select(h => h.Value).Order(), outstanding);
        }
    }

    [Fact]
    public async Task Acknowledge_UnforeseenFailure_IsToldAndTheNextBatchGoesOut()
    {
        var (frames, failures) = (new List<ulong>(), new List<Exception>());
        var acks = new AckBatcher(
            _time,
            (tag, _) =>
            {
                frames.Add(tag);
                return tag == 1 ? throw new NotSupportedException("unforeseen") : ValueTask.CompletedTask;
            },
            count => _acknowledged += count,
            e =>
            {
                failures.Add(e);
                return Task.CompletedTask;
            });
        var places = Add(acks, 1, 2);

        acks.Acknowledge(places[0]);
        await acks.FlushAsync();
        acks.Acknowledge(places[1]);
        await acks.FlushAsync();

        Assert.IsType<NotSupportedException>(Assert.Single(failures));
        Assert.Equal([1ul, 2ul], frames);
        Assert.Equal(1, _acknowledged);
    }

    private static LinkedListNode<ulong>[] Add(AckBatcher acks, params ulong[] tags) => [.. tags.Select(acks.Add)];

    private AckBatcher Batcher() => new(
        _time,
        async (tag, multiple) =>
        {
            _frames.Add((tag, multiple));
            _firstFrame.TrySetResult();
            await _goOn.Task;
        },
        count => _acknowledged += count,
        e => throw e);

    private async Task HoldFirstFrameAsync(AckBatcher acks, LinkedListNode<ulong> first)
    {
        acks.Acknowledge(first);
        await _firstFrame.Task;
    }

    private Task ReleaseAsync(AckBatcher acks)
    {
        _goOn.SetResult();
        return acks.FlushAsync();
    }
}
