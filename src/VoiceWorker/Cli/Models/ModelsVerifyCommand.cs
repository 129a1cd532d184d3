using System.CommandLine;
using Spectre.Console;
using VoiceWorker.Whisper.Ggml;

namespace VoiceWorker.Host.Cli.Models;

/// <summary><c>models verify</c>: whether a file is a sound model, and its checksum.</summary>
internal sealed class ModelsVerifyCommand : Command
{
    private readonly CommandContext _context;
    private readonly Argument<FileInfo> _file = new Argument<FileInfo>("FILE") { Description = "A whisper.cpp ggml-*.bin file." }.AcceptExistingOnly();
    private readonly Option<string?> _checksum = Checksum.Option();

    public ModelsVerifyCommand(CommandContext context)
        : base("verify", "Checks a model file: header, vocabulary, every tensor's name, type and size; and its checksum.")
    {
        _context = context;
        Arguments.Add(_file);
        Options.Add(_checksum);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var path = arguments.GetValue(_file)!.FullName;
        try
        {
            var words = ModelDescription.Of(path);
            var checksum = await Checksum.OfAsync(path, cancellationToken);
            Checksum.ThrowIfDifferent(arguments.GetValue(_checksum), checksum, path);
            _context.Terminal.Out.WriteLine(words);
            _context.Terminal.Out.WriteLine($"SHA-256 {checksum}");
            return 0;
        }
        catch (GgmlFormatException exception)
        {
            _context.Terminal.Warn($"{path} is no sound model: {exception.Message}");
            return 1;
        }
    }
}
