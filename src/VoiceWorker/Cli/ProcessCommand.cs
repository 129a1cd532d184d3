using System.CommandLine;
using VoiceWorker.Contract.Reading;
using VoiceWorker.Core.Pipeline;
using VoiceWorker.Core.Ports;
using VoiceWorker.Host.Cli.Jobs;

namespace VoiceWorker.Host.Cli;

/// <summary><c>process</c>: the same pipeline without a broker.</summary>
internal sealed class ProcessCommand : Command
{
    private readonly CommandContext _context;
    private readonly JobArguments _jobs = new();
    private readonly Option<DirectoryInfo> _out = new("--out") { Description = "Where the speech goes.", DefaultValueFactory = _ => new DirectoryInfo(".") };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<bool> _verbose = CommonOptions.Verbose();

    public ProcessCommand(CommandContext context)
        : base("process", "Translates files or texts here and now, without a broker; prints texts and timings, writes the speech.")
    {
        _context = context;
        _jobs.AddTo(this);
        Options.Add(_out);
        Options.Add(_json);
        Options.Add(_verbose);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var messages = await _jobs.ReadAsync(arguments, progress: true, json: false, cancellationToken);
        using var host = CommandHost.Build(_context, arguments.GetValue(_verbose), builder => builder.Services
            .AddSingleton(new JobReader(new JobLimits()))
            .PostConfigure<PipelineOptions>(options => options.DrainTimeout = TimeSpan.FromSeconds(4)));
        await host.StartAsync(cancellationToken);
        var pipeline = host.Services.GetRequiredService<IJobSink>();
        try
        {
            string[] names = [.. messages.Select(m => m.Name)];
            var board = new JobBoard(_context.Terminal.Error, names, lines: arguments.GetValue(_verbose));
            var folder = new SpeechFolder(arguments.GetValue(_out)!.FullName, names);
            // The same for every job, so the engines are asked once.
            var complaints = new Lazy<Task<string>>(() => EngineParts.ComplaintsAsync(host.Services, cancellationToken));
            var work = new LocalWork(pipeline, host.Services.GetRequiredService<JobReader>(), folder, board, () => complaints.Value);
            var outcomes = await board.ShowWhileAsync(() => Task.WhenAll(messages.Select((message, index) =>
                JobRun.ToOutcomeAsync(message.Name, () => work.RunAsync(index, message, cancellationToken), cancellationToken))));
            return OutcomeReport.Show(_context.Terminal, outcomes, arguments.GetValue(_json), cancellationToken);
        }
        finally
        {
            await pipeline.DrainAsync();
            await host.StopAsync(CancellationToken.None);
        }
    }
}
