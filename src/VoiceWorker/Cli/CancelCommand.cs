using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using VoiceWorker.Host.RabbitMq;

namespace VoiceWorker.Host.Cli;

/// <summary><c>cancel</c>: tells all workers that a job is wanted no more.</summary>
internal sealed class CancelCommand : Command
{
    private readonly CommandContext _context;
    private readonly Argument<string[]> _ids = new("message-id") { Description = "The job's message_id; several are allowed.", Arity = ArgumentArity.OneOrMore };

    public CancelCommand(CommandContext context)
        : base("cancel", "Ends jobs, wherever they are: their producers get an error with the code 'cancelled'.")
    {
        _context = context;
        Arguments.Add(_ids);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var host = CommandHost.Build(_context, verbose: false, CommandHost.AddBroker);
        var exchange = host.Services.GetRequiredService<IOptions<RabbitMqOptions>>().Value.ControlExchange;
        await using var connection = await host.Services.GetRequiredService<BrokerCheck>().ConnectAsync("cancel", cancellationToken);
        await using var channel = await connection.Client.CreateChannelAsync(new CreateChannelOptions(true, true), cancellationToken);
        var ids = arguments.GetValue(_ids)!;
        var told = 0;
        try
        {
            foreach (var id in ids)
            {
                var body = JsonSerializer.SerializeToUtf8Bytes(new { type = "cancel", message_id = id });
                await channel.BasicPublishAsync(exchange, "", mandatory: false, new BasicProperties { ContentType = "application/json" }, body, cancellationToken);
                told++;
            }
        }
        finally
        {
            if (told < ids.Length)
                _context.Terminal.Warn($"The workers were told of {told} of {ids.Length} jobs; not of {string.Join(", ", ids.Skip(told))}.");
        }

        return ExitCodes.Done;
    }
}
