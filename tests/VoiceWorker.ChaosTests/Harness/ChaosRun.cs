using System.Diagnostics;
using VoiceWorker.IntegrationTests;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.RabbitMq;
using VoiceWorker.RabbitMq;

namespace VoiceWorker.ChaosTests.Harness;

/// <summary>
/// One fault's stage: the real worker, quick engines, a bad network in between on demand, and a producer that keeps the
/// books. Ends with <see cref="VerifyAsync"/>, which is invariant I of the design.
/// </summary>
internal sealed class ChaosRun : IAsyncDisposable
{
    private const string GoodJob = "good";
    internal static readonly TimeSpan[] RetryDelays = [TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(500)];

    private readonly string _fault;
    private long _faultIsOver;

    private ChaosRun(string fault, TestQueues queues, EngineServer engines, TcpProxy proxy, ChaosProducer producer, WorkerProcess worker) =>
        (_fault, Queues, Engines, Proxy, Producer, Worker) = (fault, queues, engines, proxy, producer, worker);

    public TestQueues Queues { get; }

    public EngineServer Engines { get; }

    /// <summary>What the worker's connections go through.</summary>
    public TcpProxy Proxy { get; }

    public ChaosProducer Producer { get; }

    public WorkerProcess Worker { get; }

    /// <summary>Prepares everything; the worker is not started yet.</summary>
    /// <param name="fault">The fault's name, for the report.</param>
    /// <param name="node">The broker.</param>
    /// <param name="settings">Settings of the worker that differ from those of the other runs.</param>
    public static async Task<ChaosRun> PrepareAsync(string fault, RabbitMqNode node, params string[] settings)
    {
        var queues = new TestQueues(node);
        var engines = await EngineServer.StartAsync();
        var proxy = new TcpProxy(node.Port);
        var worker = new WorkerProcess([],
        [
            "--RabbitMq:Host=127.0.0.1", $"--RabbitMq:Port={proxy.Port}", $"--RabbitMq:Queue={queues.Jobs}", $"--RabbitMq:DeadLetterQueue={queues.Dead}",
            $"--RabbitMq:ResultsExchange={queues.Results}", "--RabbitMq:ReconnectDelay=00:00:00.050", "--RabbitMq:MaxReconnectDelay=00:00:00.500",
            "--RabbitMq:ConnectTimeout=00:00:03", "--RabbitMq:Heartbeat=00:00:05", "--RabbitMq:PublishTimeout=00:00:02",
            $"--RabbitMq:RetryDelays:0={RetryDelays[0]}", $"--RabbitMq:RetryDelays:1={RetryDelays[1]}",
            "--Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks=None", "--Pipeline:DrainTimeout=00:00:12", "--Pipeline:Circuit:ProbeInterval=00:00:00.500", .. engines.Settings(), .. settings,
        ]);
        return new(fault, queues, engines, proxy, await ChaosProducer.StartAsync(node, queues), worker);
    }

    /// <summary>Prepares everything and starts the worker.</summary>
    public static async Task<ChaosRun> StartAsync(string fault, RabbitMqNode node, params string[] settings)
    {
        var run = await PrepareAsync(fault, node, settings);
        try
        {
            run.Worker.Start();
            await run.Worker.ReadyAsync();
            return run;
        }
        catch
        {
            run.Worker.WriteLog();
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends written jobs and returns their ids.</summary>
    public async Task<string[]> SendTextsAsync(string prefix, int count)
    {
        var ids = Enumerable.Range(0, count).Select(i => $"{prefix}-{i}").ToArray();
        foreach (var id in ids)
            await Producer.SendTextAsync(id);
        return ids;
    }

    /// <summary>Waits until jobs are answered.</summary>
    public async Task AnsweredAsync(IReadOnlyCollection<string> ids)
    {
        if (await Wait.TryUntilAsync(() => Task.FromResult(ids.All(id => Producer.Jobs[id].Replies > 0))))
            return;
        Worker.WriteLog();
        Assert.Fail($"Not answered: {string.Join(", ", ids.Where(id => Producer.Jobs[id].Replies == 0))}.");
    }

    /// <summary>Notes that the fault is over, and sends the job by which the recovery is timed.</summary>
    public Task FaultIsOverAsync()
    {
        _faultIsOver = Stopwatch.GetTimestamp();
        return Producer.SendTextAsync(GoodJob);
    }

    /// <summary>
    /// Invariant I: every job ended as at least one reply or exactly one dead letter; queues and everything in flight
    /// are at zero; the next good job succeeded. Stops the worker, so that what the broker still counts as delivered
    /// would be back in the queue.
    /// </summary>
    public async Task<Tally> VerifyAsync()
    {
        try
        {
            if (_faultIsOver == 0)
                await Producer.SendTextAsync(GoodJob);
            await AnsweredAsync([GoodJob]);
            Assert.Equal(0, Producer.Jobs[GoodJob].Errors);
            await Wait.UntilAsync(IsIdleAsync, "nothing is in flight and no queue holds anything");
            Assert.Equal(0, await Worker.StopAsync());
            Assert.Equal(0u, await Queues.CountAsync(Queues.Jobs));
            var tally = await CountAsync();
            ChaosReport.Add(_fault, tally);
            Assert.Empty(tally.Lost);
            Assert.Empty(tally.Doubled);
            return tally;
        }
        catch
        {
            Worker.WriteLog();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Worker.DisposeAsync();
        await Producer.DisposeAsync();
        await Proxy.DisposeAsync();
        await Engines.DisposeAsync();
    }

    private async Task<bool> IsIdleAsync()
    {
        foreach (var gauge in (string[])["voiceworker_jobs_in_flight", "voiceworker_stage_in_flight", "voiceworker_rabbitmq_unsettled", "voiceworker_rabbitmq_bytes_in_flight"])
        {
            if (await Worker.MetricAsync(gauge) != 0)
                return false;
        }

        foreach (var queue in RetryDelays.Select(delay => AmqpNames.RetryQueue(Queues.Jobs, delay)).Prepend(Queues.Jobs))
        {
            if (await Queues.CountAsync(queue) != 0)
                return false;
        }

        return true;
    }

    private async Task<Tally> CountAsync()
    {
        var dead = await Queues.DrainAsync(Queues.Dead);
        var deadById = dead.CountBy(message => message.BasicProperties.MessageId ?? "").ToDictionary();
        var sent = Producer.Jobs.Where(job => job.Value.Copies > 0).ToList();
        int DeadOf(string id) => deadById.GetValueOrDefault(id);
        IReadOnlyList<string> Lost() => [.. sent.Where(job => job.Value.Replies == 0 && DeadOf(job.Key) == 0).Select(job => job.Key)];
        // What the broker has confirmed to the worker may still be on its way to the producer.
        await Wait.TryUntilAsync(() => Task.FromResult(Lost().Count == 0), seconds: 5);
        var answered = sent.Count(job => job.Value.Replies > 0);
        return new(
            sent.Count, answered, sent.Sum(job => job.Value.Replies) - answered, dead.Count, Lost(),
            [.. sent.Where(job => job.Value.Replies == 0 && DeadOf(job.Key) > job.Value.Copies).Select(job => job.Key)],
            _faultIsOver == 0 ? null : Stopwatch.GetElapsedTime(_faultIsOver, Producer.Jobs[GoodJob].AnsweredAt));
    }
}
