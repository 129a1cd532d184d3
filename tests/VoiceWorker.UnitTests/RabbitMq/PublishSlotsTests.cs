using Microsoft.Extensions.Time.Testing;
using VoiceWorker.RabbitMq.Publishing;

namespace VoiceWorker.UnitTests.RabbitMq;

public sealed class PublishSlotsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task TakeAsync_AllTaken_WaitsForAReturn()
    {
        using var slots = new PublishSlots(1, Limit, _time);
        Assert.True(slots.TryTake(out var first));
        Assert.False(slots.TryTake(out _));
        var second = slots.TakeAsync(CancellationToken.None).AsTask();
        Assert.False(second.IsCompleted);

        slots.Return(first!);

        Assert.Same(first, await second);
    }

    [Fact]
    public async Task Begin_NoConfirmInTime_FiresTheToken()
    {
        using var slots = new PublishSlots(1, Limit, _time);
        Assert.True(slots.TryTake(out var slot));
        var token = slot!.Begin(Limit, CancellationToken.None);

        _time.Advance(Limit - TimeSpan.FromSeconds(1));
        Assert.False(token.IsCancellationRequested);
        _time.Advance(TimeSpan.FromSeconds(2));

        await Task.Delay(-1, token).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.True(slot.TimedOut);
    }

    [Fact]
    public void Begin_LargeMessage_HasTheTimeThatItWasGiven()
    {
        using var slots = new PublishSlots(1, Limit, _time);
        slots.TryTake(out var slot);
        var token = slot!.Begin(4 * Limit, CancellationToken.None);

        _time.Advance(3 * Limit);

        Assert.False(token.IsCancellationRequested);
    }

    [Fact]
    public void Begin_SlotIsUsedAgain_HasAWholeTimeAndAFreshToken()
    {
        using var slots = new PublishSlots(1, Limit, _time);
        slots.TryTake(out var slot);
        slot!.Begin(Limit, CancellationToken.None);
        _time.Advance(2 * Limit);
        slots.Return(slot);
        slots.TryTake(out slot);

        var token = slot!.Begin(Limit, CancellationToken.None);
        _time.Advance(Limit / 2);

        Assert.False(token.IsCancellationRequested);
        Assert.False(slot.TimedOut);
    }

    [Fact]
    public void Paused_ClocksStandStill()
    {
        using var slots = new PublishSlots(1, Limit, _time);
        slots.TryTake(out var slot);
        var token = slot!.Begin(Limit, CancellationToken.None);

        slots.Paused = true;
        _time.Advance(5 * Limit);
        slots.Paused = false;
        _time.Advance(Limit / 2);

        Assert.False(token.IsCancellationRequested);
    }

    [Fact]
    public void Begin_CallerGivesUp_FiresTheTokenWithoutTimeOut()
    {
        using var slots = new PublishSlots(1, Limit, _time);
        using var caller = new CancellationTokenSource();
        slots.TryTake(out var slot);
        var token = slot!.Begin(Limit, caller.Token);

        caller.Cancel();

        Assert.True(token.IsCancellationRequested);
        Assert.False(slot.TimedOut);
    }
}
