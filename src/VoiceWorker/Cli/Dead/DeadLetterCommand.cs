using System.CommandLine;
using Microsoft.Extensions.Options;
using VoiceWorker.RabbitMq;
using VoiceWorker.RabbitMq.DeadLetters;

namespace VoiceWorker.Host.Cli.Dead;

/// <summary>A command on the queue of dead letters: opens it, and closes it again, which returns what was only looked at.</summary>
internal abstract class DeadLetterCommand : Command
{
    private readonly Option<bool> _verbose = CommonOptions.Verbose();

    protected DeadLetterCommand(string name, string description, CommandContext context)
        : base(name, description)
    {
        Terminal = context.Terminal;
        Options.Add(_verbose);
        SetAction((arguments, cancellationToken) => OpenAsync(context, arguments, cancellationToken));
    }

    protected Terminal Terminal { get; }

    /// <summary>Which letters are meant.</summary>
    protected static Option<string[]> Filters()
    {
        var option = new Option<string[]>("--filter")
        {
            Description = "Only letters with KEY=VALUE: code, stage, sender or id (with * and ?), older or younger (30s, 15m, 2h, 7d since they failed). May be given several times: all keys must match, one value of each suffices.",
        };
        option.Validators.Add(result =>
        {
            foreach (var error in result.Tokens.Select(token => DeadLetterFilter.Complaint(token.Value)).OfType<string>())
                result.AddError(error);
        });
        return option;
    }

    /// <summary>Works on the open queue.</summary>
    /// <returns>The exit code.</returns>
    protected abstract Task<int> RunAsync(ParseResult arguments, DeadLetterQueue letters, TimeProvider time, CancellationToken cancellationToken);

    private async Task<int> OpenAsync(CommandContext context, ParseResult arguments, CancellationToken cancellationToken)
    {
        using var host = CommandHost.Build(context, arguments.GetValue(_verbose), CommandHost.AddBroker);
        await using var connection = await host.Services.GetRequiredService<BrokerCheck>().ConnectAsync("dead letters", cancellationToken);
        await using var letters = await DeadLetterQueue.OpenAsync(connection.Client, host.Services.GetRequiredService<IOptions<RabbitMqOptions>>().Value, cancellationToken);
        return await RunAsync(arguments, letters, host.Services.GetRequiredService<TimeProvider>(), cancellationToken);
    }
}
