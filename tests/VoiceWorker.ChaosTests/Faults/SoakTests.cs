using System.Diagnostics;
using System.Globalization;
using System.Text;
using VoiceWorker.ChaosTests.Harness;
using VoiceWorker.IntegrationTests.Broker;

namespace VoiceWorker.ChaosTests.Faults;

/// <summary>Steady load, and one fault after the other; in the last third only the broker and the network suffer, so that one process's memory can be watched.</summary>
public sealed class SoakTests
{
    // The memory of finished jobs fills page by page; a small one is full before memory is watched.
    private const string SmallMemoryOfFinishedJobs = "--FinishedJobs:MaxBytes=2000000";

    private readonly List<(string Fault, TimeSpan Recovery)> _recoveries = [];
    private readonly List<(TimeSpan At, long Bytes)> _memory = [];

    [Fact]
    public async Task Soak_WithKillsRestartsAndOutages_LosesNothingAndStaysSmall()
    {
        await using var node = await RabbitMqNode.StartAsync();
        await using var run = await ChaosRun.StartAsync($"soak of {LongForm.Soak}", node, SmallMemoryOfFinishedJobs);
        run.Engines.Before = (_, aborted) => Task.Delay(Random.Shared.Next(20), aborted);
        using var stop = new CancellationTokenSource();
        var load = SteadyLoad.RunAsync(run.Producer, TimeSpan.FromMilliseconds(100), stop.Token);
        (string Name, Func<ChaosRun, RabbitMqNode, Task> Inject)[] faults =
            [("worker killed", KillAsync), ("connections reset", ResetAsync), ("engines away for 2 s", OutageAsync), ("worker stopped and started", StopAsync), ("broker restarted", RestartBrokerAsync)];

        var started = Stopwatch.GetTimestamp();
        for (var round = 0; Stopwatch.GetElapsedTime(started) < LongForm.Soak; round++)
        {
            var lastThird = Stopwatch.GetElapsedTime(started) > LongForm.Soak * (2.0 / 3);
            var fault = faults[round % faults.Length];
            if (!lastThird || fault.Name.StartsWith("connections", StringComparison.Ordinal) || fault.Name.StartsWith("broker", StringComparison.Ordinal))
            {
                await fault.Inject(run, node);
                _recoveries.Add((fault.Name, await RecoverAsync(run, round)));
            }

            await RestAsync(run, started);
        }

        await stop.CancelAsync();
        await load;
        await run.FaultIsOverAsync();
        await run.VerifyAsync();
        AddSection();
        var last = _memory.Where(sample => sample.At > LongForm.Soak * 0.75).ToList();
        Assert.True(last.Count < 4 || last[^1].Bytes < (last[0].Bytes * 1.25) + 30_000_000, $"memory grew from {last.FirstOrDefault().Bytes} to {last.LastOrDefault().Bytes} bytes");
    }

    private static async Task KillAsync(ChaosRun run, RabbitMqNode node)
    {
        await run.Worker.KillAsync();
        await run.Worker.RestartAsync();
    }

    private static async Task StopAsync(ChaosRun run, RabbitMqNode node)
    {
        Assert.Equal(0, await run.Worker.StopAsync());
        await run.Worker.RestartAsync();
    }

    private static Task ResetAsync(ChaosRun run, RabbitMqNode node)
    {
        run.Proxy.ResetAll();
        return Task.CompletedTask;
    }

    private static async Task OutageAsync(ChaosRun run, RabbitMqNode node)
    {
        run.Engines.Down = true;
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        run.Engines.Down = false;
    }

    private static async Task RestartBrokerAsync(ChaosRun run, RabbitMqNode node)
    {
        await node.StopAppAsync();
        await node.StartAppAsync();
    }

    private static async Task<TimeSpan> RecoverAsync(ChaosRun run, int round)
    {
        var over = Stopwatch.GetTimestamp();
        var id = $"recovered-{round}";
        await run.Producer.SendTextAsync(id);
        await run.AnsweredAsync([id]);
        return Stopwatch.GetElapsedTime(over, run.Producer.Jobs[id].AnsweredAt);
    }

    // The longer the soak, the longer it goes on undisturbed between two faults.
    private async Task RestAsync(ChaosRun run, long started)
    {
        var rest = LongForm.Soak / 30;
        for (var sample = 0; sample < 2; sample++)
        {
            await Task.Delay(rest / 2, TestContext.Current.CancellationToken);
            await run.Worker.ReadyAsync();
            _memory.Add((Stopwatch.GetElapsedTime(started), run.Worker.ResidentBytes));
        }
    }

    private void AddSection()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"## Soak of {LongForm.Soak}, ten jobs a second").AppendLine();
        text.AppendLine("A third each spoken, written and malformed; quick engines. From two thirds on the worker's process stays the same.").AppendLine();
        text.AppendLine("| fault | times | median recovery | longest |").AppendLine("| --- | ---: | ---: | ---: |");
        foreach (var group in _recoveries.GroupBy(entry => entry.Fault))
        {
            var seconds = group.Select(entry => entry.Recovery.TotalSeconds).Order().ToList();
            text.AppendLine(CultureInfo.InvariantCulture, $"| {group.Key} | {seconds.Count} | {seconds[seconds.Count / 2]:0.0} s | {seconds[^1]:0.0} s |");
        }

        text.AppendLine().AppendLine("Resident memory over time:").AppendLine().AppendLine("| after | MiB |").AppendLine("| ---: | ---: |");
        foreach (var (at, bytes) in _memory.Where((_, index) => index % Math.Max(1, _memory.Count / 30) == 0))
            text.AppendLine(CultureInfo.InvariantCulture, $"| {at:hh\\:mm\\:ss} | {bytes >> 20} |");
        ChaosReport.AddSection(text.ToString());
    }
}
