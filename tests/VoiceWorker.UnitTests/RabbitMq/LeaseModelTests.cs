using System.Threading.RateLimiting;
using Microsoft.Extensions.Time.Testing;
using VoiceWorker.RabbitMq.Consuming;
using VoiceWorker.RabbitMq.Publishing;

namespace VoiceWorker.UnitTests.RabbitMq;

/// <summary>What is taken is requeued exactly once, in any order of taking, giving up, ending and ending twice.</summary>
public sealed class LeaseModelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ByteBudget_AnyOrderOfEvents_IsWholeInTheEnd(int seed)
    {
        const int Whole = 64 * 1024;
        var random = new Random(seed);
        using var budget = new ByteBudget(Whole);
        var (held, bytes) = (new List<(RateLimitLease Lease, int Bytes)>(), 0L);
        var waiting = new List<(Task<RateLimitLease> Lease, int Bytes, CancellationTokenSource GivesUp)>();
        for (var step = 0; step < 2_000; step++)
        {
            switch (random.Next(4))
            {
                case 0 or 1:
                    var (size, givesUp) = (random.Next(Whole / 4), new CancellationTokenSource());
                    waiting.Add((budget.AcquireAsync(size, givesUp.Token).AsTask(), size, givesUp));
                    break;
                case 2 when waiting.Count > 0:
                    await waiting[random.Next(waiting.Count)].GivesUp.CancelAsync();
                    break;
                case 3 when held.Count > 0:
                    var (ended, its) = held[random.Next(held.Count)];
                    ended.Dispose();
                    ended.Dispose();
                    held.Remove((ended, its));
                    bytes -= its;
                    break;
            }

            foreach (var taken in waiting.Where(one => one.Lease.IsCompleted).ToList())
            {
                waiting.Remove(taken);
                taken.GivesUp.Dispose();
                if (!taken.Lease.IsCompletedSuccessfully)
                    continue;
                held.Add((await taken.Lease, taken.Bytes));
                bytes += taken.Bytes;
            }

            Assert.InRange(bytes, 0, Whole);
        }

        foreach (var (_, _, givesUp) in waiting)
            await givesUp.CancelAsync();
        held.ForEach(one => one.Lease.Dispose());
        Assert.True(budget.AcquireAsync(Whole, CancellationToken.None).AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task PublishSlots_EverythingAtOnce_AreAllFreeInTheEnd()
    {
        const int Count = 4;
        using var slots = new PublishSlots(Count, TimeSpan.FromSeconds(10), new FakeTimeProvider());
        await Parallel.ForAsync(0, 8, TestContext.Current.CancellationToken, async (seed, token) =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 500; i++)
            {
                using var givesUp = CancellationTokenSource.CreateLinkedTokenSource(token);
                if (random.Next(3) == 0)
                    _ = givesUp.CancelAsync();
                try
                {
                    var slot = await slots.TakeAsync(givesUp.Token);
                    slot.Begin(TimeSpan.FromSeconds(10), givesUp.Token);
                    await Task.Yield();
                    slots.Return(slot);
                }
                catch (OperationCanceledException)
                {
                    continue;
                }
            }
        });

        var free = new HashSet<PublishSlot>();
        while (slots.TryTake(out var slot))
            Assert.True(free.Add(slot!), "A slot is free twice.");
        Assert.Equal(Count, free.Count);
    }
}
