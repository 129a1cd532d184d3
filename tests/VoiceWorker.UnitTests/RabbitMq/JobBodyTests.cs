using VoiceWorker.RabbitMq;
using VoiceWorker.RabbitMq.Consuming;

namespace VoiceWorker.UnitTests.RabbitMq;

public sealed class JobBodyTests : IDisposable
{
    private readonly ByteBudget _budget = new(10_000);
    private readonly RabbitMqMetrics _metrics = new(Prometheus.Metrics.WithCustomRegistry(Prometheus.Metrics.NewCustomRegistry()));

    public void Dispose() => _budget.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dispose_AbandonedOrNot_GivesItsShareOfTheBudgetBack(bool isAbandoned)
    {
        var body = await TakeAsync();
        if (isAbandoned)
            body.Abandon();

        body.Dispose();

        (await TakeAsync()).Dispose();
        Assert.Equal(0, _metrics.BytesInFlight.Value);
    }

    [Fact]
    public async Task Dispose_Abandoned_LeavesTheBytesToWhoeverStillReadsThem()
    {
        var body = await TakeAsync();
        var read = body.Bytes;
        body.Abandon();
        body.Dispose();

        using var next = await TakeAsync(mark: 2);

        Assert.Equal(-1, read.Span.IndexOfAnyExcept((byte)1));
    }

    [Fact]
    public async Task Dispose_OfABodyThatNobodyReads_TakesItAway()
    {
        var body = await TakeAsync();
        var read = body.Bytes;

        body.Dispose();

        Assert.Throws<ObjectDisposedException>(() => read.Span.Length);
    }

    // All of the budget: the next one waits until this one has gone.
    private async Task<JobBody> TakeAsync(byte mark = 1)
    {
        var bytes = new byte[9_000];
        Array.Fill(bytes, mark);
        var room = await _budget.AcquireAsync(bytes.Length, TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return JobBody.CopyOf(bytes, room, _metrics);
    }
}
