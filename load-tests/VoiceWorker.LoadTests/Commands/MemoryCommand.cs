using System.CommandLine;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.LoadTests.Broker;
using VoiceWorker.LoadTests.Contestants;
using VoiceWorker.LoadTests.Reports;
using VoiceWorker.RabbitMq;

namespace VoiceWorker.LoadTests.Commands;

/// <summary>
/// A long queue of large jobs, and what the worker needs of memory for it: at most what it has without jobs, the bytes
/// that it may hold, and a tenth. Fails when it is more, or when the intake allocates more than a fifth of each job.
/// </summary>
internal sealed class MemoryCommand : Command
{
    private const double Margin = 1.1;
    private const double AllocatedShare = 0.2;

    private readonly Option<int> _jobs = new("--jobs") { Description = "Jobs in the queue.", DefaultValueFactory = _ => 10_000 };
    private readonly Option<int> _bytes = new("--bytes") { Description = "Bytes of a job.", DefaultValueFactory = _ => 1_000_000 };
    private readonly Option<FileInfo?> _report = new("--report") { Description = "A Markdown file for the result." };

    public MemoryCommand()
        : base("memory", "Peak memory and allocation of the worker with a long queue of large jobs; engines cost nothing.")
    {
        foreach (var option in new Option[] { _jobs, _bytes, _report })
            Options.Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var (jobs, bytes) = (arguments.GetValue(_jobs), arguments.GetValue(_bytes));
        await using var node = await RabbitMqNode.StartAsync();
        await using var queue = await JobQueue.DeclareAsync(node, "memory", plain: false, cancellationToken);
        await using var process = ContestantProcess.Launch();
        var settings = new ContestantSettings(ContestantKind.Worker, node.Port, queue.Name, 1000, null);

        // The base: everything loaded and compiled, with small jobs.
        var small = await DrainAsync(process, settings, queue, 5_000, 1_000, cancellationToken);
        var large = await DrainAsync(process, settings, queue, jobs, bytes, cancellationToken);
        var (idle, peak) = (small.Max(sample => sample.WorkingSetBytes), large.Max(sample => sample.WorkingSetBytes));
        var inFlight = new RabbitMqOptions().MaxBytesInFlight;
        var limit = (idle + inFlight) * Margin;
        var (first, last) = (large[large.Count / 5], large[^1]);
        var allocated = (last.AllocatedBytes - first.AllocatedBytes) / (double)(last.Done - first.Done) / bytes;
        var table = new ReportTable("jobs", "bytes each", "base, MB", "may hold, MB", "peak, MB", "limit, MB", "allocated a job, of its bytes", "limit", "jobs/s");
        table.Add(
            jobs, bytes, (idle / 1e6).Text("0"), (inFlight / 1e6).Text("0"), (peak / 1e6).Text("0"), (limit / 1e6).Text("0"), allocated.Text("0.000"), AllocatedShare.Text("0.0"),
            ((last.Done - first.Done) / (last.Seconds - first.Seconds)).Text("0"));
        table.Show();
        if (arguments.GetValue(_report) is { } file)
        {
            var begin = large[0].Seconds;
            var plot = new LinePlot("Working set while the queue is worked off", "MB").Add("working set", large.Where((_, i) => i % 10 == 0).Select(sample => (sample.Seconds - begin, sample.WorkingSetBytes / 1e6)));
            var picture = Path.ChangeExtension(file.FullName, ".svg");
            await File.WriteAllTextAsync(picture, plot.ToSvg(), cancellationToken);
            await new Report("Memory", "The worker with engines that cost nothing and its default settings works off a queue of large jobs. The base is its largest working set with 5,000 jobs of 1 KB; it may hold `RabbitMq:MaxBytesInFlight` of bodies.")
                .Add(table).Add($"![working set]({Path.GetFileName(picture)})").WriteAsync(file, cancellationToken);
        }

        return peak <= limit && allocated <= AllocatedShare ? 0 : 1;
    }

    private static async Task<IReadOnlyList<Sample>> DrainAsync(ContestantProcess process, ContestantSettings settings, JobQueue queue, int jobs, int bytes, CancellationToken cancellationToken)
    {
        await queue.FillAsync(jobs, new byte[bytes], "audio/ogg", cancellationToken);
        await process.StartAsync(settings, cancellationToken);
        await process.WaitAsync(jobs, cancellationToken);
        Sample[] samples = [.. process.Samples];
        await process.StopAsync(cancellationToken);
        return samples;
    }
}
