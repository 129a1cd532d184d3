using System.CommandLine;
using Spectre.Console;
using VoiceWorker.Core.Ports;
using VoiceWorker.Whisper.Ggml;
using VoiceWorker.Whisper.Hosting;

namespace VoiceWorker.Host.Cli.Models;

/// <summary><c>models list</c>: the configured models, each verified.</summary>
internal sealed class ModelsListCommand : Command
{
    private readonly CommandContext _context;

    public ModelsListCommand(CommandContext context)
        : base("list", "The configured models, each verified.")
    {
        _context = context;
        SetAction((_, cancellationToken) => Task.FromResult(Run(cancellationToken)));
    }

    private int Run(CancellationToken cancellationToken)
    {
        using var host = CommandHost.Build(_context, verbose: false);
        var tables = host.Services.GetServices<ModelTable>().ToList();
        if (tables.Count == 0)
        {
            _context.Terminal.Out.WriteLine($"The engine {host.Services.GetRequiredService<ISpeechRecognizer>().Name} has its models elsewhere.");
            return 0;
        }

        var table = new Table { Border = TableBorder.Simple }.AddColumns("", "name", "for", "file", "model");
        var allSound = true;
        foreach (var (models, name, path) in tables.SelectMany(models => models.Files.Select(file => (models, file.Name, file.Path))))
        {
            // Each takes a while when it is large.
            if (cancellationToken.IsCancellationRequested)
                break;
            var (sound, words) = Describe(path);
            allSound &= sound;
            var languages = string.Join(", ", models.Languages.Where(language => string.Equals(language.Value, name, StringComparison.OrdinalIgnoreCase)).Select(language => language.Key));
            table.AddRow(
                new Text(sound ? "✓" : "✗", new Style(sound ? Color.Green : Color.Red)),
                new Text(name), new Text(name == ModelTable.DefaultName ? "all others" : languages), new Text(path), new Text(Terminal.Plain(words)));
        }

        _context.Terminal.Out.Write(table);
        return cancellationToken.IsCancellationRequested ? ExitCodes.Cancelled : allSound ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static (bool Sound, string Words) Describe(string path)
    {
        try
        {
            return (true, ModelDescription.Of(path));
        }
        catch (Exception exception) when (exception is GgmlFormatException or IOException or UnauthorizedAccessException)
        {
            return (false, exception.Message);
        }
    }
}
