using VoiceWorker.LoadTests.Commands;
using VoiceWorker.LoadTests.Contestants;
using VoiceWorker.LoadTests.Load;

namespace VoiceWorker.LoadTests.Reports;

/// <summary>The report of a scenario: a table of its runs, and what the last one looked like over time.</summary>
internal sealed class ScenarioReport(Scenario scenario, IReadOnlyList<LoadPhase> phases)
{
    private readonly ReportTable _table = new(
        "who", "processes", "sent", "answered", "errors", "twice", "jobs/s", "p50, ms", "p99, ms", "p99.9, ms", "beyond the stages: p50, p99, ms", "knee, jobs/s", "each process's share", "working set, MB");

    private readonly ReportTable _stages = new(["who", "processes", .. ReplyTimes.Stages.Select(stage => $"{stage}, ms (mean)")]);
    private LoadResult? _last;

    /// <summary>Adds a run.</summary>
    /// <returns>Whether every job was answered, once and well.</returns>
    public bool Add(ContestantKind kind, int processes, ScenarioRun run)
    {
        var load = _last = run.Load;
        var all = run.Processes.Sum(process => process.Done);
        _table.Add(
            kind, processes, load.Sent, load.Answered, load.Failed, load.Duplicates, load.JobsPerSecond.Text("0.0"), load.Latency(50).Text("0.0"), load.Latency(99).Text("0.0"), load.Latency(99.9).Text("0.0"),
            $"{load.Overhead(50).Text("0.0")}, {load.Overhead(99).Text("0.0")}", load.Knee()?.Text("0") ?? "kept up",
            string.Join(' ', run.Processes.Select(process => ((double)process.Done / all).Text("0.00"))), (run.Processes.Sum(process => process.WorkingSetBytes) / 1e6).Text("0"));
        var timed = load.Records.Where(record => record.StageSeconds.Length > 0).ToList();
        if (timed.Count > 0)
            _stages.Add([kind, processes, .. ReplyTimes.Stages.Select((_, stage) => (object)(1000 * timed.Average(record => record.StageSeconds[stage])).Text("0.00"))]);
        return load.IsComplete;
    }

    /// <summary>Shows it.</summary>
    public void Show() => _table.Show();

    /// <summary>Writes it, with its pictures.</summary>
    public async Task WriteAsync(DirectoryInfo folder, CancellationToken cancellationToken)
    {
        folder.Create();
        var seconds = _last!.Seconds().ToList();
        var byStart = _last.Records.Where(record => record.Replies > 0).ToLookup(record => (int)record.Intended);
        await WritePlotAsync("latency", new LinePlot("Latency of the jobs due in each second", "ms")
            .Add("median", byStart.Select(jobs => (jobs.Key + 0.5, Median.Of(jobs.Select(job => 1000 * job.Latency)))))
            .Add("slowest", byStart.Select(jobs => (jobs.Key + 0.5, jobs.Max(job => 1000 * job.Latency)))));
        await WritePlotAsync("throughput", new LinePlot("Jobs due and answered in each second", "jobs/s")
            .Add("due", seconds.Select(s => (s.Second + 0.5, (double)s.Offered)))
            .Add("answered", seconds.Select(s => (s.Second + 0.5, (double)_last.Records.Count(record => record.Replies > 0 && (int)record.Answered == s.Second)))));
        await WritePlotAsync("stages", Stages(byStart));
        var name = scenario.Name;
        await new Report($"Scenario {name}", $"{scenario.About} {phases.Sum(phase => phase.Seconds):0.#} s of jobs `{scenario.Jobs}`, {(scenario.FreeEngines ? "engines that cost nothing" : "the real engines with the demo model")}. Latency counts from the moment at which a job was due.")
            .Add(_table).Add(_stages)
            .Add($"![latency]({name}-latency.svg) ![throughput]({name}-throughput.svg) ![stages]({name}-stages.svg)")
            .Add($"Made by `dotnet run -c Release --project load-tests/VoiceWorker.LoadTests -- run {name} --out FOLDER`; the pictures show the last row's run.")
            .WriteAsync(new FileInfo(Path.Combine(folder.FullName, $"{name}.md")), cancellationToken);

        Task WritePlotAsync(string what, LinePlot plot) => File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{scenario.Name}-{what}.svg"), plot.ToSvg(), cancellationToken);
    }

    private static LinePlot Stages(ILookup<int, JobRecord> byStart)
    {
        var plot = new LinePlot("Work of each stage on the jobs due in each second, mean", "ms");
        foreach (var (stage, name) in ReplyTimes.Stages.Index())
            plot.Add(name, byStart.Where(jobs => jobs.Any(job => job.StageSeconds.Length > 0)).Select(jobs => (jobs.Key + 0.5, 1000 * jobs.Where(job => job.StageSeconds.Length > 0).Average(job => job.StageSeconds[stage]))));
        return plot;
    }
}
