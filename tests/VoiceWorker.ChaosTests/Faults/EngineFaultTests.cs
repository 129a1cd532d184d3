using VoiceWorker.ChaosTests.Harness;
using VoiceWorker.IntegrationTests;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Deploy;
using HttpStatus = System.Net.HttpStatusCode;

namespace VoiceWorker.ChaosTests.Faults;

/// <summary>Engines that hang, crash, take the worker along or are away.</summary>
public sealed class EngineFaultTests(BrokerFixture broker)
{
    [Fact]
    public async Task EngineHangs_TimeOutEndsItAndTheOthersFinish()
    {
        await using var run = await ChaosRun.StartAsync("engine-hang", await broker.NodeAsync(), "--Pipeline:Translate:Timeout=00:00:03", "--Pipeline:Translate:Retries=0");
        run.Engines.Before = (call, aborted) => call.Text == "text hangs" ? Task.Delay(Timeout.Infinite, aborted) : Task.CompletedTask;

        await run.Producer.SendTextAsync("hangs");
        await run.AnsweredAsync(await run.SendTextsAsync("other", 20));

        await run.AnsweredAsync(["hangs"]);
        var tally = await run.VerifyAsync();
        Assert.Equal((1, 1), (run.Producer.Jobs["hangs"].Errors, tally.DeadLetters));
    }

    [Fact]
    public async Task EngineProcessAborts_ItsJobFailsAndTheOthersFinish()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["ffmpeg"], "#!/bin/bash\ncase \" $* \" in *\" -vn \"*) read -N 1; kill -ABRT $$;; *) exec ffmpeg \"$@\";; esac\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(folder["ffmpeg"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using var run = await ChaosRun.StartAsync("engine-crash", await broker.NodeAsync(), $"--Audio:FfmpegPath={folder["ffmpeg"]}");

        await run.Producer.SendSpeechAsync("aborts", await File.ReadAllBytesAsync(RepositoryFiles.ForFfmpeg, TestContext.Current.CancellationToken), "audio/mpeg");
        await run.Producer.SendSpeechAsync("wave", EngineServer.MakeWav(8000));
        await run.AnsweredAsync(["aborts", "wave"]);

        Assert.Equal((1, 0), (run.Producer.Jobs["aborts"].Errors, run.Producer.Jobs["wave"].Errors));
        Assert.Equal(1, (await run.VerifyAsync()).DeadLetters);
    }

    [Fact]
    public async Task JobKillsTheProcess_IsDeadLetteredAtTheLimitAndThoseBeforeAndAfterAreAnswered()
    {
        await using var run = await ChaosRun.StartAsync("poison", await broker.NodeAsync(), "--RabbitMq:DeliveryLimit=4");
        run.Engines.Before = (call, _) => call.Text == "text poison" ? run.Worker.SignalAsync("KILL") : Task.CompletedTask;
        await run.AnsweredAsync(await run.SendTextsAsync("before", 4));
        await run.Producer.SendTextAsync("poison");

        await Wait.UntilAsync(() => BuriedAsync(run), "the job is dead-lettered");

        await run.FaultIsOverAsync();
        await run.Worker.ReadyAsync();
        await run.AnsweredAsync(await run.SendTextsAsync("after", 4));
        var tally = await run.VerifyAsync();
        Assert.Equal(1, tally.DeadLetters);
    }

    [Fact]
    public async Task EnginesAreAway_IntakePausesNothingIsDeadLetteredAndWorkResumes()
    {
        await using var run = await ChaosRun.StartAsync($"stage-outage of {LongForm.Outage.TotalSeconds:0} s", await broker.NodeAsync());
        run.Engines.Down = true;
        await run.SendTextsAsync("outage", 20);
        await Wait.UntilAsync(async () => await run.Worker.MetricAsync("voiceworker_stage_circuit_open", "stage=\"translate\"") == 1, "the circuit opens");
        Assert.Equal(HttpStatus.ServiceUnavailable, await run.Worker.StatusAsync("health/ready"));
        await Task.Delay(LongForm.Outage, TestContext.Current.CancellationToken);
        Assert.Equal(0u, await run.Queues.CountAsync(run.Queues.Dead));
        run.Engines.Down = false;

        await run.FaultIsOverAsync();
        var tally = await run.VerifyAsync();
        Assert.Equal(0, tally.DeadLetters);
        Assert.InRange(tally.Recovery!.Value.TotalSeconds, 0, 10);
    }

    [Fact]
    public async Task FfmpegCannotStart_IntakePausesNothingIsDeadLetteredAndWorkResumes()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["ffmpeg"], $"#!/bin/bash\n[[ -e {folder["broken"]} ]] && exit 127\nexec ffmpeg \"$@\"\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(folder["ffmpeg"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using var run = await ChaosRun.StartAsync("codec-outage", await broker.NodeAsync(), $"--Audio:FfmpegPath={folder["ffmpeg"]}");
        await File.WriteAllTextAsync(folder["broken"], "", TestContext.Current.CancellationToken);

        await run.Producer.SendSpeechAsync("compressed", await File.ReadAllBytesAsync(RepositoryFiles.ForFfmpeg, TestContext.Current.CancellationToken), "audio/mpeg");
        await Wait.UntilAsync(async () => await run.Worker.MetricAsync("voiceworker_stage_circuit_open", "stage=\"decode\"") == 1, "the circuit opens");
        await Wait.UntilAsync(async () => await run.Worker.StatusAsync("health/ready") == HttpStatus.ServiceUnavailable, "the worker says that it is not ready");
        Assert.Equal(0u, await run.Queues.CountAsync(run.Queues.Dead));
        File.Delete(folder["broken"]);

        await run.FaultIsOverAsync();
        await run.AnsweredAsync(["compressed"]);
        Assert.Equal((0, 0), (run.Producer.Jobs["compressed"].Errors, (await run.VerifyAsync()).DeadLetters));
    }

    [Fact]
    public async Task LongClipIsInTheEngine_FortyShortOnesAreAnsweredBeforeIt()
    {
        await using var run = await ChaosRun.StartAsync("head-of-line", await broker.NodeAsync());
        var release = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        run.Engines.Before = (call, aborted) => call.Stage == "transcribe" && entered.TrySetResult() ? release.Task.WaitAsync(aborted) : Task.CompletedTask;
        await run.Producer.SendSpeechAsync("long", EngineServer.MakeWav(16_000 * 590));
        // A short job's call would overtake the long one's, which is larger, on its way to the engine.
        await entered.Task.WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);

        var shorts = Enumerable.Range(0, 40).Select(i => $"short-{i}").ToArray();
        foreach (var id in shorts)
            await run.Producer.SendSpeechAsync(id, EngineServer.MakeWav(16_000));
        await run.AnsweredAsync(shorts);
        Assert.Equal(0, run.Producer.Jobs["long"].Replies);
        release.SetResult();

        await run.AnsweredAsync(["long"]);
        Assert.Equal(0, (await run.VerifyAsync()).DeadLetters);
    }

    // Starts the worker again as a service manager does.
    private static async Task<bool> BuriedAsync(ChaosRun run)
    {
        if (!run.Worker.IsAlive)
            await run.Worker.RestartAsync();
        return await run.Queues.CountAsync(run.Queues.Dead) > 0;
    }
}
