using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.LoadTests.Broker;
using VoiceWorker.LoadTests.Contestants;
using VoiceWorker.LoadTests.Reports;

namespace VoiceWorker.LoadTests.Commands;

/// <summary>What the worker costs: jobs a second with engines that cost nothing, in turn with others, from a queue that was filled before.</summary>
internal sealed class ThroughputCommand : Command
{
    private const int Prefetch = 256;

    // The beginning of each run is left out: connections, the first batches, memory that is touched for the first time.
    private const double LeftOut = 0.2;

    // The shipped bounds are made for engines that take their time; here they would only hold the prefetch back.
    private static readonly string[] WideBounds =
        [.. new[] { "Decode", "Transcribe", "Translate", "Synthesize", "Encode", "Publish", "Settle" }.Select(stage => $"--Pipeline:{stage}:Capacity={Prefetch}"), $"--Pipeline:Publish:Parallelism={Prefetch}"];

    // .NET's shared array pool keeps 32 arrays of a size for each core. With more deliveries than that in flight, a job's
    // buffers would be allocated anew; the same for all who take part.
    private static readonly Dictionary<string, string> LargePool = new() { ["DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXARRAYSPERPARTITION"] = $"{2 * Prefetch}" };

    private readonly Option<int> _jobs = new("--jobs") { Description = "Jobs a run at 1 KB; larger bodies get fewer.", DefaultValueFactory = _ => 20_000 };
    private readonly Option<int> _rounds = new("--rounds") { Description = "Rounds of each, in turn, after those to warm up; the median counts.", DefaultValueFactory = _ => 5 };
    private readonly Option<int> _warmUp = new("--warm-up") { Description = "Rounds of each before those that count, for .NET's compiler above all: it goes on for some 100,000 jobs.", DefaultValueFactory = _ => 3 };
    private readonly Option<int[]> _sizes = new("--sizes") { Description = "Bytes of a job.", DefaultValueFactory = _ => [1_000, 20_000, 256_000], AllowMultipleArgumentsPerToken = true };
    private readonly Option<ContestantKind[]> _only = new("--only")
    {
        Description = "Who takes part; the first one is what the others are compared with.",
        DefaultValueFactory = _ => [ContestantKind.Raw, ContestantKind.Worker],
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _worker = new("--worker") { Description = "Settings of the worker's, as on its command line.", DefaultValueFactory = _ => WideBounds, AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool> _json = new("--json") { Description = "Jobs as JSON with base64 instead of raw audio with headers." };
    private readonly Option<FileInfo?> _report = new("--report") { Description = "A Markdown file for the result." };

    public ThroughputCommand()
        : base("throughput", "Jobs a second with engines that cost nothing, compared in one run.")
    {
        foreach (var option in new Option[] { _jobs, _rounds, _warmUp, _sizes, _only, _worker, _json, _report })
            Options.Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        await using var node = await RabbitMqNode.StartAsync();
        var (kinds, rounds, warmUp, json) = (arguments.GetRequiredValue(_only), arguments.GetValue(_rounds), arguments.GetValue(_warmUp), arguments.GetValue(_json));
        var processes = kinds.ToDictionary(kind => kind, _ => ContestantProcess.Launch(LargePool));
        var table = new ReportTable("job, bytes", "who", "jobs/s (median)", $"of {kinds[0]} (median)", "each round", "own CPU, µs a job", "of it compiling", "broker's CPU, µs a job", "allocated, bytes a job");
        foreach (var size in arguments.GetRequiredValue(_sizes))
        {
            var jobs = Math.Max(500, (int)(arguments.GetValue(_jobs) / Math.Sqrt(size / 1000.0) / (size > 100_000 ? 3 : 1)));
            var runs = kinds.ToDictionary(kind => kind, _ => new List<Run>());
            for (var round = 1 - warmUp; round <= rounds; round++)
            {
                foreach (var kind in kinds)
                {
                    var run = await MeasureAsync(node, processes[kind], kind, jobs, size, json, arguments.GetRequiredValue(_worker), cancellationToken);
                    AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size} bytes, round {round}, {kind}: {run.JobsPerSecond:0} jobs/s, {run.Cpu:0} µs (compiling {run.Compiling:0}) + {run.BrokerCpu:0} µs a job{(round > 0 ? "" : " (warm-up)")}"));
                    if (round > 0)
                        runs[kind].Add(run);
                }
            }

            foreach (var kind in kinds)
            {
                var ratios = runs[kind].Zip(runs[kinds[0]], (one, first) => one.JobsPerSecond / first.JobsPerSecond).ToList();
                table.Add(
                    size, kind, Median.Of(runs[kind].Select(r => r.JobsPerSecond)).Text("0"), Median.Of(ratios).Text("0.00"), string.Join(' ', ratios.Select(r => r.Text("0.00"))),
                    Median.Of(runs[kind].Select(r => r.Cpu)).Text("0"), Median.Of(runs[kind].Select(r => r.Compiling)).Text("0"), Median.Of(runs[kind].Select(r => r.BrokerCpu)).Text("0"), Median.Of(runs[kind].Select(r => r.Allocated)).Text("0"));
            }
        }

        foreach (var process in processes.Values)
            await process.DisposeAsync();
        table.Show();
        if (arguments.GetValue(_report) is { } file)
        {
            await new Report("Throughput with engines that cost nothing",
                $"Each takes {Prefetch} deliveries at most and answers jobs from a queue that was filled before; the first {LeftOut:P0} of each run are not counted. "
                + $"`Raw` is the limit: RabbitMQ.Client alone consumes, publishes a reply of the job's size with confirm, and acknowledges. {rounds} rounds after {warmUp} to warm up.")
                .Add(table).WriteAsync(file, cancellationToken);
        }

        return 0;
    }

    private static async Task<Run> MeasureAsync(RabbitMqNode node, ContestantProcess process, ContestantKind kind, int jobs, int size, bool json, string[] settings, CancellationToken cancellationToken)
    {
        await using var queue = await JobQueue.DeclareAsync(node, $"jobs.{kind}", plain: kind == ContestantKind.MassTransit, cancellationToken);
        await queue.FillAsync(jobs, json ? JobQueue.JsonBody(size) : new byte[size], json ? "application/json" : "audio/ogg", cancellationToken);
        await process.StartAsync(new(kind, node.Port, queue.Name, size, Prefetch, settings), cancellationToken);
        await process.WaitAsync((long)(jobs * LeftOut), cancellationToken);
        var (from, cpu, brokerCpu) = (process.Samples[^1], ProcessTree.CpuSeconds(process.Id), ProcessTree.CpuSeconds(node.ProcessId));
        await process.WaitAsync(jobs, cancellationToken);
        var to = process.Samples[^1];
        cpu = ProcessTree.CpuSeconds(process.Id) - cpu;
        brokerCpu = ProcessTree.CpuSeconds(node.ProcessId) - brokerCpu;
        await process.StopAsync(cancellationToken);
        double counted = to.Done - from.Done;
        return new(counted / (to.Seconds - from.Seconds), 1e6 * cpu / counted, 1e6 * brokerCpu / counted, 1e6 * (to.CompilingSeconds - from.CompilingSeconds) / counted, (to.AllocatedBytes - from.AllocatedBytes) / counted);
    }

    private sealed record Run(double JobsPerSecond, double Cpu, double BrokerCpu, double Compiling, double Allocated);
}
