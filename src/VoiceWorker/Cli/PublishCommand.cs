using System.CommandLine;
using Microsoft.Extensions.Options;
using VoiceWorker.Client;
using VoiceWorker.Host.Cli.Jobs;
using VoiceWorker.RabbitMq;

namespace VoiceWorker.Host.Cli;

/// <summary><c>publish</c>: a producer. Sends jobs, waits for their replies, shows what came back.</summary>
internal sealed class PublishCommand : Command
{
    private readonly CommandContext _context;
    private readonly JobArguments _jobs = new();
    private readonly Option<DirectoryInfo?> _out = new("--out") { Description = "Where the replies' speech goes; without it the speech is dropped." };
    private readonly Option<bool> _jsonBody = new("--json-body") { Description = "Audio as base64 inside JSON instead of as the body." };
    private readonly Option<bool> _progress = new("--progress") { Description = "Ask for progress messages and show them." };
    private readonly Option<double> _timeout = CommonOptions.Number("--timeout", "Seconds to wait for each reply.", 60, 0.1, 86_400);
    private readonly Option<int> _count = CommonOptions.Number("--count", "Send everything this many times.", 1, 1, 100_000);
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly Option<bool> _verbose = CommonOptions.Verbose();

    public PublishCommand(CommandContext context)
        : base("publish", "Sends files or texts to the queue as a producer would, and waits for the replies.")
    {
        _context = context;
        _jobs.AddTo(this);
        foreach (var option in new Option[] { _out, _jsonBody, _progress, _timeout, _count, _json, _verbose })
            Options.Add(option);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var progress = arguments.GetValue(_progress);
        var messages = await _jobs.ReadAsync(arguments, progress, arguments.GetValue(_jsonBody), cancellationToken);
        messages = [.. Repeat(messages, arguments.GetValue(_count))];
        var board = new JobBoard(_context.Terminal.Error, [.. messages.Select(m => m.Name)], lines: progress);
        var folder = new SpeechFolder(arguments.GetValue(_out)?.FullName, messages.Select(m => m.Name));
        var patience = TimeSpan.FromSeconds(arguments.GetValue(_timeout));

        using var host = CommandHost.Build(_context, arguments.GetValue(_verbose), CommandHost.AddBroker);
        await using var connection = await host.Services.GetRequiredService<BrokerCheck>().ConnectAsync("publish", cancellationToken);
        await using var producer = await JobProducer.StartAsync(connection.Client, host.Services.GetRequiredService<IOptions<RabbitMqOptions>>().Value.Queue, cancellationToken);
        var outcomes = await board.ShowWhileAsync(() => Task.WhenAll(messages.Select((message, index) =>
            JobRun.ToOutcomeAsync(message.Name, () => SendAsync(message, index), cancellationToken))));
        return OutcomeReport.Show(_context.Terminal, outcomes, arguments.GetValue(_json), cancellationToken);

        async Task<JobOutcome> SendAsync(JobMessage message, int index)
        {
            var (reply, elapsed) = await producer.SendAsync(message, patience, news => board.Update(index, news.Describe()), cancellationToken);
            if (reply is null)
                return new JobOutcome(message.Name, null, elapsed, []);
            var (files, rest) = await folder.TakeAsync(index, reply, cancellationToken);
            board.Update(index, rest.Describe());
            return new JobOutcome(message.Name, rest, elapsed, files);
        }
    }

    private static IEnumerable<JobMessage> Repeat(List<JobMessage> messages, int count) => count == 1
        ? messages
        : Enumerable.Range(1, count).SelectMany(round => messages.Select(message => message with { Name = $"{message.Name} #{round}" }));
}
