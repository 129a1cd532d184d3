using Microsoft.Extensions.Time.Testing;
using VoiceWorker.RabbitMq.Idempotency;

namespace VoiceWorker.UnitTests.RabbitMq;

public sealed class FinishedJobsRingTests
{
    private const int Capacity = 10_000;

    private readonly FakeTimeProvider _time = new();
    private readonly FinishedJobsRing _ring;

    public FinishedJobsRingTests() => _ring = new(Capacity, TimeSpan.FromMinutes(10), _time);

    [Fact]
    public void Add_MoreThanFits_ForgetsTheOldest()
    {
        for (var i = 0; i < 20; i++)
            _ring.Add((UInt128)i, new(0, new byte[1000]));

        Assert.Null(_ring.Find(9));
        Assert.NotNull(_ring.Find(10));
        Assert.Equal(Capacity, _ring.Bytes);
    }

    [Fact]
    public void Add_LargerThanTheRing_KeepsTheOthers()
    {
        _ring.Add(1, new(0, new byte[10]));

        _ring.Add(2, new(0, new byte[Capacity + 1]));

        Assert.NotNull(_ring.Find(1));
        Assert.Null(_ring.Find(2));
    }

    [Fact]
    public void Add_NoCapacity_RemembersNothing()
    {
        var none = new FinishedJobsRing(0, TimeSpan.FromMinutes(10), _time);

        none.Add(1, new(0, default));

        Assert.Null(none.Find(1));
    }

    [Fact]
    public void Add_WithoutReplies_IsBoundedAllTheSame()
    {
        for (var i = 0; i < 1000; i++)
            _ring.Add((UInt128)i, new(1, default));

        Assert.Null(_ring.Find(900));
        Assert.Equal(1, _ring.Find(999)!.Moved);
    }

    [Fact]
    public void Find_AfterAnyAdditions_ReturnsTheVeryBytesOrNothing()
    {
        var random = new Random(1);
        var sent = new List<byte[]>();
        for (var i = 0; i < 5000; i++)
        {
            var reply = new byte[random.Next(random.Next(4) == 0 ? 6000 : 800)];
            random.NextBytes(reply);
            sent.Add(reply);
            _ring.Add((UInt128)i, new(0, reply));
            var known = Enumerable.Range(Math.Max(0, i - 60), Math.Min(i, 60) + 1).Select(k => (Key: k, Found: _ring.Find((UInt128)k))).Where(k => k.Found is not null).ToList();

            Assert.All(known, k => Assert.Equal(sent[k.Key], k.Found!.Reply.ToArray()));
            Assert.Equal(i, known[^1].Key);
            // What is remembered is one unbroken run of the newest ones.
            Assert.Equal(known.Count, known[^1].Key - known[0].Key + 1);
            Assert.InRange(_ring.Bytes, 256, Capacity);
        }
    }
}
