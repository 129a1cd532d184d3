using System.Diagnostics;
using VoiceWorker.ChaosTests.Harness;
using VoiceWorker.IntegrationTests;
using VoiceWorker.IntegrationTests.Broker;

namespace VoiceWorker.ChaosTests.Inputs;

/// <summary>A flood of messages, each bad in another way, beside good ones.</summary>
public sealed class FloodTests(BrokerFixture broker)
{
    private const int Good = 100;
    private const int Bad = 1000;
    private const int Seed = 15;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(60);

    [Fact]
    public async Task Flood_OfAThousandBadMessages_GoodOnesAreAnsweredAndNothingIsLeft()
    {
        await using var run = await ChaosRun.StartAsync($"{Bad} bad messages", await broker.NodeAsync());
        await TimeAsync(run, "first", interleaved: null);
        var usual = await TimeAsync(run, "usual", interleaved: null);
        var before = run.Worker.ResidentBytes;
        var bad = new BadMessages(Seed);

        var beside = await TimeAsync(run, "beside", i => SendBadAsync(run, bad, i));

        await Wait.UntilAsync(async () => await run.Worker.MetricAsync("voiceworker_rabbitmq_unsettled") == 0 && await run.Queues.CountAsync(run.Queues.Jobs) == 0, "every message is settled");
        var growth = run.Worker.PeakBytes - before;
        var tally = await run.VerifyAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"p50 and p95 of {Good} good jobs alone: {usual}; beside {Bad} bad ones: {beside}. {tally}");
        Assert.All(run.Producer.Jobs.Where(job => job.Key.StartsWith("usual", StringComparison.Ordinal) || job.Key.StartsWith("beside", StringComparison.Ordinal)), job => Assert.Equal((1, 0), (job.Value.Replies, job.Value.Errors)));
        Assert.InRange(tally.DeadLetters, 1, Bad);
        Assert.InRange(growth, long.MinValue, 250_000_000);
    }

    private static async Task SendBadAsync(ChaosRun run, BadMessages messages, int i)
    {
        for (var n = i * Bad / Good; n < (i + 1) * Bad / Good; n++)
        {
            var message = messages.Next(n);
            await run.Producer.SendAsync($"bad-{n}", message.Body, message.ContentType, message.Change);
        }
    }

    private static async Task<string> TimeAsync(ChaosRun run, string prefix, Func<int, Task>? interleaved)
    {
        var sent = new Dictionary<string, long>();
        using var pace = new PeriodicTimer(Pace);
        for (var i = 0; i < Good; i++)
        {
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            if (interleaved is not null)
                await interleaved(i);
            sent[$"{prefix}-{i}"] = Stopwatch.GetTimestamp();
            await run.Producer.SendTextAsync($"{prefix}-{i}");
        }

        await run.AnsweredAsync(sent.Keys);
        var times = sent.Select(job => Stopwatch.GetElapsedTime(job.Value, run.Producer.Jobs[job.Key].AnsweredAt).TotalMilliseconds).Order().ToArray();
        return $"{times[Good / 2]:0} and {times[Good * 95 / 100]:0} ms";
    }
}
