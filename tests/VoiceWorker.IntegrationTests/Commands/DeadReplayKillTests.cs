using System.Diagnostics;
using System.Text;
using RabbitMQ.Client;
using VoiceWorker.Contract.Jobs;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.RabbitMq;

namespace VoiceWorker.IntegrationTests.Commands;

/// <summary>A replay that dies in the middle, as real processes do.</summary>
public sealed class DeadReplayKillTests(BrokerFixture broker)
{
    private const int Letters = 200;
    private const int Kills = 3;

    [Fact]
    public async Task Replay_KilledInTheMiddle_LosesNothing()
    {
        var stop = TestContext.Current.CancellationToken;
        var node = await broker.NodeAsync();
        var queues = new TestQueues(node);
        await queues.DeclareAsync();
        await using var connection = await node.ConnectAsync(stop);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), stop);
        for (var i = 0; i < Letters; i++)
            await DeadLetters.DeadLetterAsync(channel, queues, $"{i}", new(Stage.Translate, FailureKind.Transient, ErrorCode.EngineUnavailable, "a cold"), Encoding.UTF8.GetBytes($"body {i}"));
        // Slow, so that there is a middle.
        await using var proxy = new TcpProxy(node.Port) { Initial = (new(BytesPerSecond: 20_000), ProxyMode.Pass) };

        for (var kill = 0; kill < Kills; kill++)
        {
            var before = await channel.MessageCountAsync(queues.Jobs, stop);
            using var replay = Process.Start(Path.Combine(AppContext.BaseDirectory, "voiceworker"), ["dead", "replay", .. queues.Settings(proxy.Port)]);
            await Wait.UntilAsync(async () => await channel.MessageCountAsync(queues.Jobs, stop) > before + 10, "some letters are replayed");
            replay.Kill();
            await replay.WaitForExitAsync(stop);
            await Wait.UntilAsync(async () => await channel.MessageCountAsync(queues.Jobs, stop) + await channel.MessageCountAsync(queues.Dead, stop) >= Letters, "the broker has put back what the dead process held");
            Assert.InRange(await channel.MessageCountAsync(queues.Dead, stop), 1u, Letters - 1u);
        }

        Assert.Equal(0, (await CommandRun.InvokeAsync(["dead", "replay", .. queues.Settings(node.Port)])).ExitCode);

        Dictionary<string, string> jobs = [];
        var messages = 0;
        for (; await channel.BasicGetAsync(queues.Jobs, autoAck: true, stop) is { } job; messages++)
            jobs[job.BasicProperties.MessageId!] = Encoding.UTF8.GetString(job.Body.Span);
        Assert.Equal(Enumerable.Range(0, Letters).ToDictionary(i => $"{i}", i => $"body {i}"), jobs);
        Assert.InRange(messages, Letters, Letters + Kills);
        Assert.Equal(0u, await channel.MessageCountAsync(queues.Dead, stop));
    }
}
