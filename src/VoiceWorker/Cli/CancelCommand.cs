using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using VoiceWorker.RabbitMq;
using VoiceWorker.RabbitMq.Connection;
using VoiceWorker.RabbitMq.Consuming;

namespace VoiceWorker.Host.Cli;

/// <summary><c>cancel</c>: tells all workers that a job is wanted no more.</summary>
internal sealed class CancelCommand : Command
{
    private readonly CommandContext _context;
    private readonly Argument<string[]> _ids = new("message-id") { Description = "The job's message_id; several are allowed.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _sender = new("--sender") { Description = "The jobs' sender_id. A job that has one, or a reply_to, is only cancelled by who names either." };
    private readonly Option<string?> _replyTo = new("--reply-to") { Description = "The jobs' reply_to." };

    public CancelCommand(CommandContext context)
        : base("cancel", "Ends jobs, wherever they are: their producers get an error with the code 'cancelled'.")
    {
        _context = context;
        Arguments.Add(_ids);
        Options.Add(_sender);
        Options.Add(_replyTo);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var host = CommandHost.Build(_context, verbose: false, CommandHost.AddBroker);
        var options = host.Services.GetRequiredService<IOptions<RabbitMqOptions>>().Value;
        var exchange = options.ControlExchange;
        var properties = new SenderPolicy(options).Sign(new() { ContentType = "application/json" });
        if (exchange.Length == 0)
            throw new IOException("RabbitMq:ControlExchange is empty: workers with these settings hear no cancellations.");
        var (sender, replyTo) = (arguments.GetValue(_sender), arguments.GetValue(_replyTo));
        await using var connection = await host.Services.GetRequiredService<BrokerCheck>().ConnectAsync("cancel", cancellationToken);
        await using var broker = new AskingChannel(connection.Client, new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var ids = arguments.GetValue(_ids)!;
        var told = 0;
        try
        {
            foreach (var id in ids)
            {
                var body = JsonSerializer.SerializeToUtf8Bytes(new { type = "cancel", message_id = id, sender_id = sender, reply_to = replyTo });
                var refusal = await broker.AskAsync(
                    async (channel, token) => await channel.BasicPublishAsync(exchange, "", mandatory: false, properties, body, token), cancellationToken);
                if (refusal is { ReplyCode: Constants.NotFound })
                    throw new IOException($"There is no exchange '{exchange}' on the broker; the first worker declares it. No worker has heard of the cancellation.");
                if (refusal is not null)
                    throw new IOException(BrokerErrorMessages.Of(refusal));
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
