using System.CommandLine;
using Spectre.Console;
using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.LoadTests.Broker;
using VoiceWorker.LoadTests.Contestants;
using VoiceWorker.LoadTests.Load;
using VoiceWorker.LoadTests.Reports;

namespace VoiceWorker.LoadTests.Commands;

/// <summary>Runs scenarios: jobs at fixed times, whatever the answers do. Fails when a job is lost, answered twice or refused.</summary>
internal sealed class RunCommand : Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Argument<string[]> _names = new("scenario") { Description = "Names of files in load-tests/scenarios; none for all but the soak.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<double> _time = new("--time") { Description = "Makes every phase longer or shorter, by this factor.", DefaultValueFactory = _ => 1 };
    private readonly Option<double> _rate = new("--rate") { Description = "Makes every rate higher or lower, by this factor.", DefaultValueFactory = _ => 1 };
    private readonly Option<string[]> _worker = new("--worker") { Description = "Settings of the worker's, as on its command line.", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true };
    private readonly Option<DirectoryInfo?> _out = new("--out") { Description = "A folder for the reports." };

    public RunCommand()
        : base("run", "Runs scenarios with an open-loop generator.")
    {
        Arguments.Add(_names);
        foreach (var option in new Option[] { _time, _rate, _worker, _out })
            Options.Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var names = arguments.GetValue(_names) is { Length: > 0 } some ? some : [.. Scenario.Names.Where(name => name != "soak")];
        var scenarios = names.Select(Scenario.Load).ToList();
        await using var node = await RabbitMqNode.StartAsync();
        var complete = true;
        foreach (var scenario in scenarios)
        {
            var (time, rate) = (arguments.GetValue(_time), arguments.GetValue(_rate));
            var phases = scenario.Phases.Select(phase => new LoadPhase(phase.Seconds * time, phase.From * rate, phase.To * rate)).ToList();
            var report = new ScenarioReport(scenario, phases);
            foreach (var kind in scenario.Contestants)
            {
                foreach (var processes in scenario.Processes)
                    complete &= report.Add(kind, processes, await MeasureAsync(node, scenario, phases, kind, processes, arguments.GetRequiredValue(_worker), cancellationToken));
            }

            report.Show();
            if (arguments.GetValue(_out) is { } folder)
                await report.WriteAsync(folder, cancellationToken);
        }

        return complete ? 0 : 1;
    }

    private static async Task<ScenarioRun> MeasureAsync(RabbitMqNode node, Scenario scenario, List<LoadPhase> phases, ContestantKind kind, int processes, string[] settings, CancellationToken cancellationToken)
    {
        await using var queue = await JobQueue.DeclareAsync(node, $"{scenario.Name}.{kind}.{processes}", plain: kind == ContestantKind.MassTransit, cancellationToken);
        var workers = Enumerable.Range(0, processes).Select(_ => ContestantProcess.Launch()).ToList();
        try
        {
            foreach (var worker in workers)
                await worker.StartAsync(new(kind, node.Port, queue.Name, scenario.FreeEngines ? 1000 : null, kind == ContestantKind.Worker ? null : 16, settings), cancellationToken);
            await WarmUpAsync(node, queue, JobMix.Load(scenario.Jobs), cancellationToken);
            await using var generator = await LoadGenerator.StartAsync(node, queue, JobMix.Load(scenario.Jobs), cancellationToken);
            AnsiConsole.WriteLine($"{scenario.Name}: {kind} x {processes}, {phases.Sum(phase => phase.Seconds):0.#} s");
            await LiveProgress.ShowAsync(generator, SendAllAsync(generator, phases, cancellationToken));
            foreach (var worker in workers)
                await worker.StopAsync(cancellationToken);
            return new ScenarioRun(new LoadResult(generator.Records), [.. workers.Select(worker => worker.Samples[^1])]);
        }
        finally
        {
            foreach (var worker in workers)
                await worker.DisposeAsync();
        }
    }

    private static async Task SendAllAsync(LoadGenerator generator, List<LoadPhase> phases, CancellationToken cancellationToken)
    {
        await generator.SendAsync(LoadPhase.Schedule(phases), cancellationToken);
        await generator.DrainAsync(Patience, cancellationToken);
    }

    // Just-in-time compilation, models and pools are there when the clock starts.
    private static async Task WarmUpAsync(RabbitMqNode node, JobQueue queue, JobMix mix, CancellationToken cancellationToken)
    {
        await using var generator = await LoadGenerator.StartAsync(node, queue, mix, cancellationToken);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(user => generator.ConverseAsync(user, TimeSpan.FromSeconds(3), cancellationToken)));
    }
}
