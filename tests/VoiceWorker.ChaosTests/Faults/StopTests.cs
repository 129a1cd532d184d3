using System.Diagnostics;
using VoiceWorker.ChaosTests.Harness;
using VoiceWorker.IntegrationTests.Broker;

namespace VoiceWorker.ChaosTests.Faults;

/// <summary>SIGTERM: what is in flight is finished or goes back, within the time of a stop.</summary>
public sealed class StopTests(BrokerFixture broker)
{
    [Fact]
    public async Task StopUnderLoad_EndsInTimeWithoutAnErrorAndTheNextProcessDoesTheRest()
    {
        await using var run = await ChaosRun.StartAsync("drain under load", await broker.NodeAsync());
        run.Engines.Before = (_, aborted) => Task.Delay(400, aborted);
        var jobs = await run.SendTextsAsync("load", 150);
        await run.Worker.InStageAsync("translate", 4);

        var started = Stopwatch.GetTimestamp();
        Assert.Equal(0, await run.Worker.StopAsync());
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 22);
        Assert.Contains(jobs, id => run.Producer.Jobs[id].Replies == 0);

        await run.Worker.RestartAsync();
        await run.FaultIsOverAsync();
        await run.Worker.ReadyAsync();
        var tally = await run.VerifyAsync();
        // A stop is no fault: what was finished was acknowledged, too.
        Assert.Equal((0, 0), (tally.Duplicates, tally.DeadLetters));
    }

    [Fact]
    public async Task StopWithAnEngineThatHangs_GivesTheJobsBackInTime()
    {
        await using var run = await ChaosRun.StartAsync("drain with a hanging engine", await broker.NodeAsync(), "--Pipeline:DrainTimeout=00:00:04");
        var release = run.Engines.Hold("translate");
        await run.SendTextsAsync("stuck", 5);
        await run.Worker.InStageAsync("translate", 5);

        var started = Stopwatch.GetTimestamp();
        Assert.Equal(0, await run.Worker.StopAsync());
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 14);
        Assert.Equal(5u, await run.Queues.CountAsync(run.Queues.Jobs));
        release.SetResult();

        await run.Worker.RestartAsync();
        await run.FaultIsOverAsync();
        await run.Worker.ReadyAsync();
        var tally = await run.VerifyAsync();
        Assert.Equal((0, 0), (tally.Duplicates, tally.DeadLetters));
    }
}
