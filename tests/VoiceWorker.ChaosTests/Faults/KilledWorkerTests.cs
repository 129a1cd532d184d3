using VoiceWorker.ChaosTests.Harness;
using VoiceWorker.IntegrationTests;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Deploy;

namespace VoiceWorker.ChaosTests.Faults;

/// <summary>SIGKILL: no handler runs, nothing is tidied up, and still no job may vanish.</summary>
public sealed class KilledWorkerTests(BrokerFixture broker)
{
    private const int Jobs = 4;

    [Theory]
    [InlineData("transcribe")]
    [InlineData("translate")]
    [InlineData("synthesize")]
    public async Task Kill_WithJobsInAnEngine_EveryJobIsAnsweredByTheNextProcess(string stage)
    {
        await using var run = await ChaosRun.StartAsync($"kill-worker in {stage}", await broker.NodeAsync());
        var release = run.Engines.Hold(stage);
        for (var i = 0; i < Jobs; i++)
            await run.Producer.SendSpeechAsync($"{stage}-{i}", EngineServer.MakeWav(8000));
        await run.Worker.InStageAsync(stage, Jobs);

        await run.Worker.KillAsync();
        release.SetResult();

        await RestartAsync(run);
        var tally = await run.VerifyAsync();
        Assert.Equal((Jobs + 1, 0), (tally.Answered, tally.DeadLetters));
    }

    [Theory]
    [InlineData("decode", "audio/wav")]
    [InlineData("encode", "audio/mpeg")]
    public async Task Kill_WithJobsInACodec_EveryJobIsAnsweredByTheNextProcess(string stage, string replyFormat)
    {
        using var folder = new TemporaryFolder();
        await using var run = await ChaosRun.StartAsync($"kill-worker in {stage}", await broker.NodeAsync(), $"--Audio:FfmpegPath={SlowFfmpeg(folder, stage)}", "--Pipeline:Decode:Parallelism=4", "--Pipeline:Encode:Parallelism=4", "--Pipeline:Encode:Capacity=4");
        var speech = await File.ReadAllBytesAsync(RepositoryFiles.ForFfmpeg, TestContext.Current.CancellationToken);
        for (var i = 0; i < Jobs; i++)
            await run.Producer.SendSpeechAsync($"{stage}-{i}", speech, "audio/mpeg", replyFormat);
        await run.Worker.InStageAsync(stage, Jobs);

        await run.Worker.KillAsync();
        File.Delete(folder["hold"]);

        await RestartAsync(run);
        var tally = await run.VerifyAsync();
        Assert.Equal((Jobs + 1, 0), (tally.Answered, tally.DeadLetters));
    }

    [Fact]
    public async Task Kill_WithRepliesSentAndUnconfirmed_EveryJobIsAnsweredAndRepeatsCarryTheSameId()
    {
        await using var run = await ChaosRun.StartAsync("kill-worker in publish", await broker.NodeAsync(), "--RabbitMq:PublishTimeout=00:01:00");
        Assert.Single(run.Proxy.LinksOf("voiceworker publish")).ToClient = ProxyMode.Blackhole;
        var jobs = await run.SendTextsAsync("publish", Jobs);
        // The replies are there, their confirms are not: the moment at which acknowledging would be wrong.
        await run.AnsweredAsync(jobs);
        await run.Worker.InStageAsync("publish", Jobs);

        await run.Worker.KillAsync();

        await RestartAsync(run);
        var tally = await run.VerifyAsync();
        Assert.Equal((Jobs + 1, Jobs, 0), (tally.Answered, tally.Duplicates, tally.DeadLetters));
    }

    [Fact]
    public async Task KillLoop_UnderSteadyLoad_LosesNothing()
    {
        await using var run = await ChaosRun.StartAsync($"kill loop ({LongForm.Kills} kills)", await broker.NodeAsync());
        run.Engines.Before = (_, aborted) => Task.Delay(Random.Shared.Next(30), aborted);
        using var stop = new CancellationTokenSource();
        var load = SteadyLoad.RunAsync(run.Producer, TimeSpan.FromMilliseconds(25), stop.Token);

        for (var kill = 0; kill < LongForm.Kills; kill++)
        {
            await Task.Delay(Random.Shared.Next(200, 1500), TestContext.Current.CancellationToken);
            await run.Worker.KillAsync();
            await run.Worker.RestartAsync();
            await run.Worker.ReadyAsync();
        }

        await stop.CancelAsync();
        await load;
        await run.FaultIsOverAsync();
        await run.VerifyAsync();
    }

    [Fact]
    public async Task KillLoop_WithRealEngines_LosesNothingAndLeavesNoProcessBehind()
    {
        var kills = Math.Max(1, LongForm.Kills / 5);
        await using var run = await ChaosRun.PrepareAsync($"kill loop with real engines ({kills} kills)", await broker.NodeAsync(), RealEngines());
        run.Worker.Start();
        await run.Worker.ReadyAsync();
        var speech = await File.ReadAllBytesAsync(RepositoryFiles.PathOf("samples/en-3.ogg"), TestContext.Current.CancellationToken);

        for (var kill = 0; kill < kills; kill++)
        {
            for (var i = 0; i < 4; i++)
                await run.Producer.SendSpeechAsync($"speech-{kill}-{i}", speech, "audio/ogg", "audio/ogg");
            await Task.Delay(Random.Shared.Next(100, 1500), TestContext.Current.CancellationToken);
            var children = ProcessTree.ChildrenOf(run.Worker.Id);
            Assert.NotEmpty(children);
            await run.Worker.KillAsync();
            await Wait.UntilAsync(() => !children.Exists(ProcessTree.Runs), "the engines' processes end with the worker");
            await run.Worker.RestartAsync();
            await run.Worker.ReadyAsync();
        }

        await run.FaultIsOverAsync();
        Assert.Equal(0, (await run.VerifyAsync()).DeadLetters);
    }

    private static string[] RealEngines() =>
    [
        "--Stt:Engine=onnx", $"--Stt:ModelPath={RepositoryFiles.PathOf("models/ggml-demo-en-es.bin")}", "--Translation:Engine=apertium", "--Tts:Engine=espeak-ng",
    ];

    private static async Task RestartAsync(ChaosRun run)
    {
        await run.Worker.RestartAsync();
        await run.FaultIsOverAsync();
        await run.Worker.ReadyAsync();
    }

    private static string SlowFfmpeg(TemporaryFolder folder, string stage)
    {
        File.WriteAllText(folder["hold"], "");
        File.WriteAllText(folder["ffmpeg"], $"""
            #!/bin/bash
            case " $* " in *" -vn "*) stage=decode;; *" -b:a "*) stage=encode;; esac
            while [[ $stage = {stage} && -e {folder["hold"]} ]]; do sleep 0.1; done
            exec ffmpeg "$@"

            """);
        File.SetUnixFileMode(folder["ffmpeg"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder["ffmpeg"];
    }
}
