using VoiceWorker.ChaosTests.Harness;
using VoiceWorker.IntegrationTests;
using HttpStatus = System.Net.HttpStatusCode;

namespace VoiceWorker.ChaosTests.Faults;

/// <summary>Brokers that restart, freeze, run out of memory, lose patience or refuse messages.</summary>
public sealed class BrokerFaultTests(FaultyBrokerFixture fixture) : IClassFixture<FaultyBrokerFixture>
{
    [Fact]
    public async Task BrokerRestartsInMidJob_EveryJobIsAnswered()
    {
        await using var run = await ChaosRun.StartAsync("broker-restart", fixture.Node);
        var release = run.Engines.Hold("translate");
        await run.SendTextsAsync("restart", 5);
        await run.Worker.InStageAsync("translate", 5);

        await fixture.Node.StopAppAsync();
        release.SetResult();
        await fixture.Node.StartAppAsync();

        await run.FaultIsOverAsync();
        Assert.Equal(0, (await run.VerifyAsync()).DeadLetters);
    }

    [Fact]
    public async Task BrokerFreezesInMidJob_IsNoticedAndEveryJobIsAnswered()
    {
        await using var run = await ChaosRun.StartAsync("broker-frozen", fixture.Node, "--RabbitMq:Heartbeat=00:00:01");
        var release = run.Engines.Hold("translate");
        await run.SendTextsAsync("freeze", 4);
        await run.Worker.InStageAsync("translate", 4);

        await fixture.Node.FreezeAsync();
        release.SetResult();
        await Wait.UntilAsync(async () => await run.Worker.MetricAsync("voiceworker_rabbitmq_connected", "consume") == 0, "the heartbeat notices");
        Assert.Equal(HttpStatus.OK, await run.Worker.StatusAsync("health/live"));
        await fixture.Node.ThawAsync();

        await run.FaultIsOverAsync();
        Assert.Equal(0, (await run.VerifyAsync()).DeadLetters);
    }

    [Fact]
    public async Task JobOutlastsTheBrokersPatience_NewChannelConsumesAndTheLateResultIsNotSettled()
    {
        await using var run = await ChaosRun.StartAsync("ack-timeout", fixture.Node);
        var release = run.Engines.Hold("translate");
        await run.Producer.SendTextAsync("slow");
        await Wait.UntilAsync(async () => await run.Worker.MetricAsync("voiceworker_rabbitmq_redeliveries_total") >= 1, "the broker delivers it again");
        release.SetResult();

        await run.FaultIsOverAsync();
        await run.AnsweredAsync(["slow"]);
        await Wait.UntilAsync(async () => await run.Worker.MetricAsync("voiceworker_rabbitmq_settlements_total", "stale") >= 1, "the late result is not settled");
        Assert.Equal(0, (await run.VerifyAsync()).DeadLetters);
    }

    [Fact]
    public async Task MemoryAlarm_WorkerTakesNothingMoreStaysSmallAndGoesOn()
    {
        await using var run = await ChaosRun.StartAsync($"alarm of {LongForm.Alarm.TotalSeconds:0} s", fixture.Node);
        var release = run.Engines.Hold("translate");
        for (var i = 0; i < 60; i++)
            await run.Producer.SendSpeechAsync($"alarm-{i}", EngineServer.MakeWav(100_000));
        await run.Worker.InStageAsync("translate", 8);
        var before = run.Worker.ResidentBytes;

        await fixture.Node.RaiseMemoryAlarmAsync();
        try
        {
            release.SetResult();
            await Wait.UntilAsync(async () => await run.Worker.StatusAsync("health/ready") == HttpStatus.ServiceUnavailable, "the worker takes no more jobs");
            await Task.Delay(LongForm.Alarm, TestContext.Current.CancellationToken);
            Assert.InRange(run.Worker.ResidentBytes - before, long.MinValue, 150_000_000);
            Assert.Equal(HttpStatus.OK, await run.Worker.StatusAsync("health/live"));
        }
        finally
        {
            await fixture.Node.EndMemoryAlarmAsync();
        }

        await run.FaultIsOverAsync();
        Assert.Equal(0, (await run.VerifyAsync()).DeadLetters);
    }

    [Fact]
    public async Task ReplyIsTooBig_ComesSmallerAndWithoutAReconnect()
    {
        await using var run = await ChaosRun.StartAsync("reply-too-big", fixture.Node);
        run.Engines.SpeechLength = text => text.Contains("text big", StringComparison.Ordinal) ? FaultyBrokerFixture.MaxMessageSize : 1600;

        await run.SendTextsAsync("small", 10);
        await run.Producer.SendTextAsync("big");
        await run.SendTextsAsync("other", 10);

        await run.AnsweredAsync(["big"]);
        var reply = run.Producer.Bodies.Single(body => body.Contains("\"message_id\":\"big\"", StringComparison.Ordinal));
        Assert.Contains("\"audio_url\":\"data:audio/ogg;base64,", reply, StringComparison.Ordinal);
        Assert.Equal(1, await run.Worker.MetricAsync("voiceworker_rabbitmq_connects_total", "connection=\"publish\",outcome=\"succeeded\""));
        Assert.Equal(0, (await run.VerifyAsync()).DeadLetters);
    }
}
