using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.Core.Jobs;
using VoiceWorker.Core.Ports;
using VoiceWorker.RabbitMq;
using VoiceWorker.RabbitMq.Consuming;

namespace VoiceWorker.UnitTests.RabbitMq;

public sealed class ConsumerWatchTests : IDisposable
{
    private static readonly TimeSpan Interval = new RabbitMqOptions().ObserveInterval;

    private readonly FakeTimeProvider _time = new();
    private readonly IdleSink _sink = new();
    private readonly ConsumerWatch _watch;

    public ConsumerWatchTests()
    {
        _watch = new(_sink, Options.Create(new RabbitMqOptions()), _time, NullLogger<ConsumerWatch>.Instance);
        _watch.SetConsuming(true);
    }

    public void Dispose() => _watch.Dispose();

    [Fact]
    public void Observe_JobsWaitAndNoneComes_IsStalledAndConsumesAnew()
    {
        var stalled = _watch.Stalled;

        Observe(5, times: 3);

        Assert.True(_watch.IsStalled);
        Assert.True(stalled.IsCancellationRequested);
        Assert.False(_watch.Stalled.IsCancellationRequested);
    }

    [Fact]
    public void Delivered_AfterAStall_IsReadyAgain()
    {
        Observe(5, times: 3);

        _watch.Delivered();

        Assert.False(_watch.IsStalled);
    }

    [Fact]
    public void Observe_JobsAreInFlight_IsNoStall()
    {
        _sink.JobsInFlight = 1;

        Observe(5, times: 10);

        Assert.False(_watch.IsStalled);
    }

    [Fact]
    public void Observe_DeliveriesCome_IsNoStall()
    {
        for (var i = 0; i < 10; i++)
        {
            Observe(5, times: 1);
            _watch.Delivered();
        }

        Assert.False(_watch.IsStalled);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void Observe_NothingWaits_IsNoStall(double messages)
    {
        Observe(messages, times: 10);

        Assert.False(_watch.IsStalled);
    }

    [Fact]
    public void Observe_IntakeIsPaused_IsNoStall()
    {
        _watch.SetConsuming(false);

        Observe(5, times: 10);

        Assert.False(_watch.IsStalled);
    }

    [Theory]
    [InlineData(true, 0, 3, false)]
    [InlineData(true, 0, 5, true)]
    [InlineData(true, 1, 10, false)]
    [InlineData(false, 0, 10, false)]
    public void Observe_NothingIsDeliveredForLong_IsQuiet(bool consuming, int inFlight, int times, bool quiet)
    {
        _watch.SetConsuming(consuming);
        _sink.JobsInFlight = inFlight;

        Observe(0, times);

        Assert.Equal(quiet, _watch.Quiet.IsCompleted);
        _watch.SetConsuming(true);
        Assert.False(_watch.Quiet.IsCompleted);
    }

    [Fact]
    public void Observe_DeliveriesCome_IsNotQuiet()
    {
        for (var i = 0; i < 10; i++)
        {
            Observe(0, times: 2);
            _watch.Delivered();
        }

        Assert.False(_watch.Quiet.IsCompleted);
    }

    private void Observe(double messages, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _watch.Observe(messages);
            _time.Advance(Interval);
        }
    }

    private sealed class IdleSink : IJobSink
    {
        public int Capacity => 1;

        public int JobsInFlight { get; set; }

        public Task Paused => Task.Delay(Timeout.Infinite);

        public Task Resumed => Task.CompletedTask;

        public ValueTask<bool> SendAsync(VoiceJob job, IDelivery delivery) => throw new NotSupportedException();

        public void Cancel(Cancellation cancellation) => throw new NotSupportedException();

        public Task DrainAsync() => Task.CompletedTask;
    }
}
