using System.Net;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Deploy;
using VoiceWorker.IntegrationTests.RabbitMq;

namespace VoiceWorker.IntegrationTests.Hosting;

/// <summary>What the orchestrator sees of the real worker when something around it, or in it, has failed.</summary>
public sealed class HealthTests(BrokerFixture broker)
{
    [Fact]
    public async Task Health_WhileTheBrokerIsAway_IsLiveAndNotReady()
    {
        await using var worker = await RunningWorker.StartAsync(RunningWorker.BuiltProgram, "/health/live");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await worker.StatusAsync("/health/ready"));
        Assert.Equal(HttpStatusCode.OK, await worker.StatusAsync("/health/live"));
    }

    [Fact]
    public async Task Health_QueueOfJobsIsAClassicOne_IsLiveAndNamesTheRemedy()
    {
        var node = await broker.NodeAsync();
        var queues = new TestQueues(node);
        await using var connection = await node.ConnectAsync(TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        await channel.QueueDeclareAsync(queues.Jobs, durable: true, exclusive: false, autoDelete: false, cancellationToken: TestContext.Current.CancellationToken);
        await using var worker = await RunningWorker.StartAsync(RunningWorker.BuiltProgram, "/health/live", [$"--RabbitMq:Uri=amqp://127.0.0.1:{node.Port}", .. queues.Settings(node.Port)]);
        var words = $"The queue {queues.Jobs} is a classic queue; the worker needs a quorum queue.";

        await Wait.UntilAsync(async () => (await worker.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken)) is { StatusCode: HttpStatusCode.ServiceUnavailable } ready
            && (await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains($"broker: Unhealthy {words}", StringComparison.Ordinal), "readiness says it");

        Assert.Contains(words, worker.Output, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await worker.StatusAsync("/health/live"));
    }

    [Fact]
    public async Task Health_WhileAnEngineIsMissing_IsLiveAndSaysWhichOne()
    {
        await using var worker = await RunningWorker.StartAsync(RunningWorker.BuiltProgram, "/health/live", "--Tts:EspeakNg:Path=/nowhere/espeak-ng");

        using var ready = await worker.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("espeak-ng: ", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await worker.StatusAsync("/health/live"));
    }

    [Fact]
    public async Task Health_WhileABlockIsWedged_IsNotLive()
    {
        using var folder = new TemporaryFolder();
        // An ffmpeg that never ends, tried again after a while: a time-out and that while together are longer than a stage may stand still.
        await File.WriteAllTextAsync(folder["ffmpeg"], "#!/bin/sh\nexec sleep 600\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(folder["ffmpeg"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var node = await broker.NodeAsync();
        var queues = new TestQueues(node);
        await queues.DeclareAsync();
        await using var worker = await RunningWorker.StartAsync(
            RunningWorker.BuiltProgram, "/health/live", $"--RabbitMq:Uri=amqp://127.0.0.1:{node.Port}", $"--RabbitMq:Queue={queues.Jobs}", $"--RabbitMq:DeadLetterQueue={queues.Dead}", $"--RabbitMq:ResultsExchange={queues.Results}",
            $"--Audio:FfmpegPath={folder["ffmpeg"]}", "--Audio:ProcessTimeout=00:05:00", "--Pipeline:DrainTimeout=00:00:01", "--Http:StuckAfter=00:00:10",
            "--Pipeline:Decode:Timeout=00:00:04", "--Pipeline:Decode:RetryDelay=00:00:09", "--Pipeline:Transcribe:Timeout=00:00:04", "--Pipeline:Translate:Timeout=00:00:04", "--Pipeline:Synthesize:Timeout=00:00:04", "--Pipeline:Encode:Timeout=00:00:04");
        await using var producer = await TestProducer.StartAsync(node, queues);

        await producer.SendAsync(await File.ReadAllBytesAsync(RepositoryFiles.ForFfmpeg, TestContext.Current.CancellationToken), "audio/mpeg", "wedged",
            properties => properties.Headers = new Dictionary<string, object?> { ["source_lang"] = "en", ["target_lang"] = "es" });

        await Wait.UntilAsync(async () => await worker.StatusAsync("/health/live") == HttpStatusCode.ServiceUnavailable, "the wedged block is noticed");
    }
}
