using VoiceWorker.ChaosTests.Harness;
using VoiceWorker.IntegrationTests;
using VoiceWorker.IntegrationTests.Broker;
using HttpStatus = System.Net.HttpStatusCode;

namespace VoiceWorker.ChaosTests.Faults;

/// <summary>A network that loses, delays and breaks, between the worker and a healthy broker.</summary>
public sealed class ConnectionFaultTests(BrokerFixture broker)
{
    private const string Acknowledged = "outcome=\"acknowledged\"";

    [Fact]
    public async Task ConfirmsAreLost_NothingIsAcknowledgedAndEveryReplyIsSentAgain()
    {
        await using var run = await ChaosRun.StartAsync("confirm-lost", await broker.NodeAsync(), "--RabbitMq:Heartbeat=00:00:02");
        Assert.Single(run.Proxy.LinksOf("voiceworker publish")).ToClient = ProxyMode.Blackhole;

        var jobs = await run.SendTextsAsync("confirm", 3);
        await run.AnsweredAsync(jobs);
        Assert.Equal(0, await run.Worker.MetricAsync("voiceworker_rabbitmq_settlements_total", Acknowledged));

        await run.FaultIsOverAsync();
        var tally = await run.VerifyAsync();
        Assert.True(tally.Duplicates >= jobs.Length, $"{tally.Duplicates} duplicates");
        Assert.Equal(0, tally.DeadLetters);
    }

    [Fact]
    public async Task PublishingHangs_EndsInItsTimeAndGoesOutOverTheNextConnection()
    {
        await using var run = await ChaosRun.StartAsync("publish-hang", await broker.NodeAsync(), "--RabbitMq:Heartbeat=00:00:02", "--RabbitMq:PublishTimeout=00:00:01");
        var publishing = Assert.Single(run.Proxy.LinksOf("voiceworker publish"));
        publishing.ToBroker = new ProxyMode(BytesPerSecond: 1000);

        await run.SendTextsAsync("hang", 5);
        await Wait.UntilAsync(async () => await run.Worker.MetricAsync("voiceworker_rabbitmq_publishes_total", "timed_out") > 0, "a publish runs out of time");
        publishing.ToBroker = ProxyMode.Blackhole;

        await run.FaultIsOverAsync();
        Assert.Equal(0, (await run.VerifyAsync()).DeadLetters);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ConnectionStallsWhileItIsRecovered_ConsumingResumes(bool duringTheHandshake)
    {
        await using var run = await ChaosRun.StartAsync(duringTheHandshake ? "consumer-lost, then a stalled handshake" : "consumer-lost, then silence", await broker.NodeAsync());
        var jobs = await run.SendTextsAsync("before", 3);
        await run.AnsweredAsync(jobs);
        if (!duringTheHandshake)
            run.Proxy.Initial = (ProxyMode.Pass, ProxyMode.Blackhole);

        run.Proxy.ResetAll();
        await Wait.UntilAsync(() => run.Proxy.Links.Any(link => !duringTheHandshake || link.Greeting.Contains("voiceworker consume", StringComparison.Ordinal)), "the worker connects again");
        foreach (var link in run.Proxy.Links)
            link.ToClient = ProxyMode.Blackhole;
        await run.SendTextsAsync("during", 3);
        await Wait.UntilAsync(async () => await run.Worker.StatusAsync("health/ready") == HttpStatus.ServiceUnavailable, "the worker says that it takes nothing");
        run.Proxy.Initial = (ProxyMode.Pass, ProxyMode.Pass);

        await run.FaultIsOverAsync();
        Assert.Equal(0, (await run.VerifyAsync()).DeadLetters);
    }

    [Fact]
    public async Task BrokerIsAbsentAtTheStart_WorkerLivesWaitsAndBecomesReady()
    {
        await using var run = await ChaosRun.PrepareAsync("broker-absent-at-start", await broker.NodeAsync());
        await run.Queues.DeclareAsync(ChaosRun.RetryDelays);
        run.Proxy.Accepts = false;
        await run.SendTextsAsync("early", 5);

        run.Worker.Start();
        await Wait.UntilAsync(async () => await run.Worker.StatusAsync("health/live") == HttpStatus.OK, "the worker lives");
        await Wait.UntilAsync(async () => await run.Worker.MetricAsync("voiceworker_rabbitmq_connects_total", "failed") >= 6, "it tries again and again");
        await Wait.UntilAsync(async () => await run.Worker.StatusAsync("health/ready") == HttpStatus.ServiceUnavailable, "the worker says that it is not ready");
        await Wait.UntilAsync(async () => await run.Worker.StatusAsync("health/live") == HttpStatus.OK, "the worker still lives");
        run.Proxy.Accepts = true;

        await run.FaultIsOverAsync();
        await run.Worker.ReadyAsync();
        await run.VerifyAsync();
    }

    [Fact]
    public async Task ConnectionsAreResetUnderLoad_EveryJobIsAnswered()
    {
        await using var run = await ChaosRun.StartAsync("connection-reset", await broker.NodeAsync());
        for (var round = 0; round < 4; round++)
        {
            await run.SendTextsAsync($"round-{round}", 50);
            run.Proxy.ResetAll();
        }

        await run.FaultIsOverAsync();
        Assert.Equal(0, (await run.VerifyAsync()).DeadLetters);
    }

    [Fact]
    public async Task WorkerIsFrozen_BrokerGivesItsJobsBackAndItComesBackItself()
    {
        await using var run = await ChaosRun.StartAsync("worker-frozen", await broker.NodeAsync(), "--RabbitMq:Heartbeat=00:00:01");
        var release = run.Engines.Hold("translate");
        await run.SendTextsAsync("frozen", 4);
        await run.Worker.InStageAsync("translate", 4);

        await run.Worker.SignalAsync("STOP");
        release.SetResult();
        // The broker hears no heartbeat, cuts the connection and has its messages again.
        await Wait.UntilAsync(async () => await run.Queues.CountAsync(run.Queues.Jobs) == 4, "the jobs are back in the queue");
        await run.Worker.SignalAsync("CONT");

        await run.FaultIsOverAsync();
        Assert.Equal(0, (await run.VerifyAsync()).DeadLetters);
    }
}
