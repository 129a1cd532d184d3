using System.CommandLine;
using VoiceWorker.RabbitMq.DeadLetters;

namespace VoiceWorker.Host.Cli.Dead;

/// <summary><c>dead show</c>: everything about one letter.</summary>
internal sealed class DeadShowCommand : DeadLetterCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "The message id, as dead list shows it." };
    private readonly Option<FileInfo?> _out = new("--out") { Description = "A file for the body, as it came." };

    public DeadShowCommand(CommandContext context)
        : base("show", "Shows a letter's properties, headers and body; takes it not out.", context)
    {
        Arguments.Add(_id);
        Options.Add(_out);
    }

    protected override async Task<int> RunAsync(ParseResult arguments, DeadLetterQueue letters, TimeProvider time, CancellationToken cancellationToken)
    {
        var id = arguments.GetValue(_id);
        if (await letters.ReadAsync(cancellationToken).FirstOrDefaultAsync(letter => letter.Job.MessageId == id, cancellationToken) is not { } found)
        {
            Terminal.Warn($"There is no '{id}' among the {letters.Count} letters in {letters.Name}.");
            return 1;
        }

        Terminal.Out.Write(DeadLetterView.Of(found));
        if (arguments.GetValue(_out) is { } file)
        {
            await File.WriteAllBytesAsync(file.FullName, found.Body, cancellationToken);
            Terminal.Note($"The body is in {file.FullName}.");
        }

        return 0;
    }
}
