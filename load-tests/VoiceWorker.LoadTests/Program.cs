using System.CommandLine;
using VoiceWorker.LoadTests;

// One command a question; each starts a private broker, measures against a named baseline in the same run, and writes
// its report to load-tests/results.
var jobs = new Option<int>("--jobs") { Description = "Jobs a round at 1 KB; larger bodies get fewer.", DefaultValueFactory = _ => 30_000 };
var rounds = new Option<int>("--rounds") { Description = "Rounds of each, in turn; the median counts.", DefaultValueFactory = _ => 5 };
var report = new Option<FileInfo?>("--report") { Description = "A Markdown file for the result." };
var throughput = new Command("throughput", "What the worker costs: the whole mesh with engines that cost nothing, against consume, publish confirmed and acknowledge with RabbitMQ.Client alone.")
{
    jobs, rounds, report,
};
throughput.SetAction((arguments, cancellation) => ThroughputScenario.RunAsync(arguments.GetValue(jobs), arguments.GetValue(rounds), arguments.GetValue(report), cancellation));
return await new RootCommand("VoiceWorker's load tests.") { throughput }.Parse(args).InvokeAsync();
