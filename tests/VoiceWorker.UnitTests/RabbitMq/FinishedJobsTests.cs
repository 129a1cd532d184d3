using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using VoiceWorker.RabbitMq;
using VoiceWorker.RabbitMq.Idempotency;

namespace VoiceWorker.UnitTests.RabbitMq;

public sealed class FinishedJobsTests : IDisposable
{
    private static readonly FinishedJob Answered = new(0, new byte[] { 1, 2, 3 });

    private readonly FakeTimeProvider _time = new();
    private readonly FinishedJobsOptions _options = new();
    private readonly RabbitMqMetrics _metrics = new(Prometheus.Metrics.WithCustomRegistry(Prometheus.Metrics.NewCustomRegistry()));
    private readonly SharedFinishedJobs _shared;
    private readonly FinishedJobs _jobs;

    public FinishedJobsTests()
    {
        _shared = new(Options.Create(_options), _metrics, _time, NullLogger<SharedFinishedJobs>.Instance);
        _jobs = new(Options.Create(_options), _shared, _metrics, _time);
    }

    public void Dispose() => _shared.Dispose();

    [Fact]
    public async Task FindAsync_UnknownJob_IsNull() => Assert.Null(await _jobs.FindAsync(1));

    [Fact]
    public async Task FindAsync_WithinRetention_ReturnsHowItEnded()
    {
        await _jobs.RememberAsync(1, Answered);

        Assert.Equal(Answered.Reply.ToArray(), (await _jobs.FindAsync(1))!.Reply.ToArray());
    }

    [Fact]
    public async Task FindAsync_AfterRetention_IsNull()
    {
        await _jobs.RememberAsync(1, Answered);

        _time.Advance(_options.Retention + TimeSpan.FromSeconds(1));

        Assert.Null(await _jobs.FindAsync(1));
    }

    [Fact]
    public async Task RememberAsync_Again_ReplacesWhatWasKnown()
    {
        await _jobs.RememberAsync(1, new(1, default));

        await _jobs.RememberAsync(1, Answered);

        Assert.Equal(0, (await _jobs.FindAsync(1))!.Moved);
    }

    [Fact]
    public async Task BeginAsync_SameMessageAtWork_OneWaitsForItsEndAndOthersAreBusy()
    {
        await _jobs.BeginAsync(1);
        var second = _jobs.BeginAsync(1).AsTask();
        Assert.Equal(FinishedJobsEntry.Busy, await _jobs.BeginAsync(1));
        Assert.False(second.IsCompleted);

        _jobs.End(1);

        Assert.Equal(FinishedJobsEntry.Begun, await second);
        var third = _jobs.BeginAsync(1).AsTask();
        Assert.False(third.IsCompleted);
        _jobs.End(1);
        Assert.Equal(FinishedJobsEntry.Begun, await third);
        _jobs.End(1);
        Assert.Equal(FinishedJobsEntry.Begun, await _jobs.BeginAsync(1));
    }

    [Fact]
    public async Task BeginAsync_SameMessageAtWorkForTooLong_WaitsNoLonger()
    {
        Assert.Equal(FinishedJobsEntry.Begun, await _jobs.BeginAsync(1));
        var second = _jobs.BeginAsync(1).AsTask();

        _time.Advance(_options.WaitForFirst + TimeSpan.FromSeconds(1));

        Assert.Equal(FinishedJobsEntry.GaveUp, await second);
        _jobs.End(1);
        Assert.Equal(FinishedJobsEntry.Begun, await _jobs.BeginAsync(1));
    }

    [Fact]
    public async Task RememberReady_ThenSent_TellsWhetherAnybodyHasTheReply()
    {
        _jobs.RememberReady(1, "en.es", Answered.Reply);
        var before = await _jobs.FindAsync(1);

        await _jobs.RememberSentAsync(1, "en.es", Answered.Reply);

        Assert.Equal(("en.es", false), (before!.RoutingKey, before.IsSent));
        Assert.True((await _jobs.FindAsync(1))!.IsSent);
    }

    [Fact]
    public async Task BeginAsync_OtherMessage_DoesNotWait()
    {
        await _jobs.BeginAsync(1);

        Assert.True(_jobs.BeginAsync(2).AsTask().IsCompleted);
    }

    [Theory]
    [InlineData(0, 1, false, true)]
    [InlineData(2, 2, true, true)]
    [InlineData(2, 1, true, true)]
    [InlineData(2, 3, true, false)]
    [InlineData(2, 2, false, false)]
    public void Covers_ByAttempt_TellsLeftoversFromNewWork(int moved, int attempt, bool redelivered, bool covers) =>
        Assert.Equal(covers, new FinishedJob(moved, default).Covers(attempt, redelivered));

    [Fact]
    public void FromBytes_OfToBytes_IsTheSame()
    {
        var copy = FinishedJob.FromBytes(new FinishedJob(3, new byte[] { 1, 2 }, "en.es").ToBytes());

        Assert.Equal((3, "en.es"), (copy!.Moved, copy.RoutingKey));
        Assert.Equal([1, 2], copy.Reply.ToArray());
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0 })]
    [InlineData(new byte[] { 0, 0, 0, 0, 9, 1 })]
    public void FromBytes_SomethingElse_IsNothing(byte[] bytes) => Assert.Null(FinishedJob.FromBytes(bytes));

    [Theory]
    [InlineData("")]
    [InlineData("a=b=c,nonsense==")]
    public void Validate_UnreadableRedis_IsRefused(string redis) =>
        Assert.True(new FinishedJobsOptionsValidator().Validate(null, new() { Redis = redis }).Failed);
}
