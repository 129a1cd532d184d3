using System.CommandLine;
using System.Diagnostics;
using Spectre.Console;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.LoadTests.Broker;
using VoiceWorker.LoadTests.Contestants;
using VoiceWorker.LoadTests.Load;
using VoiceWorker.LoadTests.Reports;

namespace VoiceWorker.LoadTests.Commands;

/// <summary>
/// The worker with its real engines beside what it replaces, in one run: users who wait for each answer before they
/// send again, a few of them and so many that everything is busy; and the engines alone, the limit of any worker.
/// </summary>
internal sealed class CompareCommand : Command
{
    private readonly Option<double> _seconds = new("--seconds") { Description = "How long each run takes.", DefaultValueFactory = _ => 10 };
    private readonly Option<int> _rounds = new("--rounds") { Description = "Rounds of each, in turn, after one to warm up; the median counts.", DefaultValueFactory = _ => 3 };
    private readonly Option<int[]> _users = new("--users") { Description = "How many users there are at a time.", DefaultValueFactory = _ => [5, 32], AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _jobs = new("--jobs") { Description = "Which jobs.", DefaultValueFactory = _ => "speech" };
    private readonly Option<ContestantKind[]> _only = new("--only")
    {
        Description = "Who takes part; the first one is what the others are compared with.",
        DefaultValueFactory = _ => [ContestantKind.Worker, ContestantKind.EnginesOnly, ContestantKind.Sequential, ContestantKind.Async, ContestantKind.MassTransit],
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<FileInfo?> _report = new("--report") { Description = "A Markdown file for the result." };

    public CompareCommand()
        : base("compare", "The worker with its real engines, beside a sequential handler, concurrent handlers, MassTransit and the engines alone.")
    {
        foreach (var option in new Option[] { _seconds, _rounds, _users, _jobs, _only, _report })
            Options.Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var node = await RabbitMqNode.StartAsync();
        var (kinds, rounds, jobs) = (arguments.GetRequiredValue(_only), arguments.GetValue(_rounds), arguments.GetRequiredValue(_jobs));
        var seconds = TimeSpan.FromSeconds(arguments.GetValue(_seconds));
        var processes = kinds.ToDictionary(kind => kind, _ => ContestantProcess.Launch());
        var table = new ReportTable("users", "who", "jobs/s", $"of {kinds[0]}", "mean, ms", "p50, ms", "p99, ms", $"mean of {kinds[0]}'s", "success", "CPU, ms a job", "cores busy", "engines' share of the CPU");
        foreach (var users in arguments.GetRequiredValue(_users))
        {
            var runs = kinds.ToDictionary(kind => kind, _ => new List<Run>());
            for (var round = 0; round <= rounds; round++)
            {
                foreach (var kind in kinds)
                {
                    var run = await MeasureAsync(node, processes[kind], kind, jobs, users, round == 0 ? seconds / 2 : seconds, cancellationToken);
                    AnsiConsole.WriteLine($"{users} users, round {round}, {kind}: {run.JobsPerSecond.Text("0.0")} jobs/s, mean {run.Mean.Text("0")} ms, {run.Cpu.Text("0.0")} ms CPU a job");
                    if (round > 0)
                        runs[kind].Add(run);
                }
            }

            foreach (var kind in kinds)
                table.Add(Row(users, kind, runs[kind], runs[kinds[0]], runs.GetValueOrDefault(ContestantKind.EnginesOnly)));
        }

        foreach (var process in processes.Values)
            await process.DisposeAsync();
        table.Show();
        if (arguments.GetValue(_report) is { } file)
        {
            await new Report("The worker beside what it replaces",
                $"Jobs `{jobs}` with the real engines (demo model, apertium, espeak-ng, libopus). Each user sends a job and waits for its reply, again and again, for {seconds.TotalSeconds:0.#} s; "
                + $"medians of {rounds} rounds after one to warm up. `Sequential` does one job at a time; `Async` has 32 handlers and a pool of 4 for engine calls; `MassTransit` 32 at a time; `EnginesOnly` calls engines and codecs without broker or pipeline, as many jobs at a time as there are users. CPU is that of a contestant and its child processes; the broker's comes on top. The engines' share is their CPU time a job, alone, over the contestant's.")
                .Add(table).WriteAsync(file, cancellationToken);
        }

        return 0;
    }

    private static async Task<Run> MeasureAsync(RabbitMqNode node, ContestantProcess process, ContestantKind kind, string jobs, int users, TimeSpan time, CancellationToken cancellationToken)
    {
        if (kind == ContestantKind.EnginesOnly)
            return await MeasureEnginesAsync(process, jobs, users, time, cancellationToken);
        await using var queue = await JobQueue.DeclareAsync(node, $"compare.{kind}", plain: kind == ContestantKind.MassTransit, cancellationToken);
        await process.StartAsync(new(kind, node.Port, queue.Name, null, kind == ContestantKind.Worker ? null : 32), cancellationToken);
        await using var generator = await LoadGenerator.StartAsync(node, queue, JobMix.Load(jobs), cancellationToken);
        var cpu = ProcessTree.CpuSeconds(process.Id);
        await Task.WhenAll(Enumerable.Range(0, users).Select(user => generator.ConverseAsync(user, time, cancellationToken)));
        cpu = ProcessTree.CpuSeconds(process.Id) - cpu;
        await process.StopAsync(cancellationToken);
        var load = new LoadResult(generator.Records);
        return new(load.JobsPerSecond, 1000 * load.Records.Average(record => record.Latency), load.Latency(50), load.Latency(99), (double)(load.Answered - load.Failed) / load.Sent, 1000 * cpu / load.Answered);
    }

    private static async Task<Run> MeasureEnginesAsync(ContestantProcess process, string jobs, int users, TimeSpan time, CancellationToken cancellationToken)
    {
        await process.StartAsync(new(ContestantKind.EnginesOnly, 0, jobs, null, users), cancellationToken);
        // Until as many jobs end as begin.
        await Task.Delay(time, cancellationToken);
        var (from, cpu) = (Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency, ProcessTree.CpuSeconds(process.Id));
        await Task.Delay(time, cancellationToken);
        cpu = ProcessTree.CpuSeconds(process.Id) - cpu;
        await process.StopAsync(cancellationToken);
        var (first, last) = (process.Samples.Last(sample => sample.Seconds <= from), process.Samples[^1]);
        var done = last.Done - first.Done;
        var rate = done / time.TotalSeconds;
        return new(rate, 1000 * users / rate, double.NaN, double.NaN, 1, 1000 * cpu / done);
    }

    private static object[] Row(int users, ContestantKind kind, List<Run> runs, List<Run> first, List<Run>? engines)
    {
        var (rate, mean, cpu) = (Median.Of(runs.Select(run => run.JobsPerSecond)), Median.Of(runs.Select(run => run.Mean)), Median.Of(runs.Select(run => run.Cpu)));
        return
        [
            users, kind, rate.Text("0.0"), (rate / Median.Of(first.Select(run => run.JobsPerSecond))).Text("0.00"), mean.Text("0"),
            Median.Of(runs.Select(run => run.P50)).Text("0"), Median.Of(runs.Select(run => run.P99)).Text("0"), (mean / Median.Of(first.Select(run => run.Mean))).Text("0.00"),
            runs.Min(run => run.Success).ToString("P1", System.Globalization.CultureInfo.InvariantCulture), cpu.Text("0.0"), (rate * cpu / 1000).Text("0.00"),
            engines is null ? "" : (Median.Of(engines.Select(run => run.Cpu)) / cpu).Text("0.000"),
        ];
    }

    private sealed record Run(double JobsPerSecond, double Mean, double P50, double P99, double Success, double Cpu);
}
