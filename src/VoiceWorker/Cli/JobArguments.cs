using System.CommandLine;
using VoiceWorker.Core.Messages;

namespace VoiceWorker.Host.Cli;

/// <summary>The arguments that describe jobs, the same for <c>process</c> and <c>publish</c>.</summary>
internal sealed class JobArguments
{
    private readonly Argument<FileInfo[]> _files = new Argument<FileInfo[]>("FILE")
    {
        Description = "Speech: WAV, MP3, Ogg/Opus, WebM, FLAC, M4A, AMR, 3GP.",
        Arity = ArgumentArity.ZeroOrMore,
    }.AcceptExistingOnly();

    private readonly Option<string[]> _texts = new("--text") { Description = "A written sentence, instead of or beside files; may be given several times." };
    private readonly Option<string> _from = new("--from") { Description = "The language of the input (ISO 639-1), or auto.", DefaultValueFactory = _ => "auto" };
    private readonly Option<string> _to = new("--to") { Description = "The wanted language (ISO 639-1).", Required = true };
    private readonly Option<string> _format = new("--format") { Description = "The audio of the reply.", DefaultValueFactory = _ => AudioFormat.OggOpus.MediaType() };

    private readonly Option<string?> _voice = new("--voice") { Description = "The voice of the reply, in the synthesizer's naming." };
    private readonly Option<string?> _sender = new("--sender") { Description = "Whose words these are." };
    private readonly Option<bool> _original = new("--include-original-audio") { Description = "Speech of the original text as well." };

    public JobArguments() => _format.AcceptOnlyFromAmong([.. Enum.GetValues<AudioFormat>().Select(f => f.MediaType())]);

    /// <summary>Adds the arguments to a command, and the rule that there must be something to do.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_files);
        foreach (var option in new Option[] { _texts, _from, _to, _format, _voice, _sender, _original })
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_files) is not { Length: > 0 } && result.GetValue(_texts) is not { Length: > 0 })
                result.AddError("Nothing to do: name at least one FILE, or give --text \"…\".");
        });
    }

    /// <summary>Reads the files and words the jobs.</summary>
    /// <param name="arguments">The parsed command line.</param>
    /// <param name="progress">Whether progress messages are wanted.</param>
    /// <param name="json">Whether audio is to travel inside JSON instead of being the body.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public async Task<List<JobMessage>> ReadAsync(ParseResult arguments, bool progress, bool json, CancellationToken cancellationToken)
    {
        var job = new ProducerJob
        {
            SourceLang = arguments.GetValue(_from)!,
            TargetLang = arguments.GetValue(_to)!,
            AudioFormat = arguments.GetValue(_format)!,
            Voice = arguments.GetValue(_voice),
            SenderId = arguments.GetValue(_sender),
            IncludeOriginalAudio = arguments.GetValue(_original),
            Progress = progress,
        };
        List<JobMessage> messages = [];
        foreach (var file in arguments.GetValue(_files) ?? [])
        {
            var spoken = job with { AudioData = await File.ReadAllBytesAsync(file.FullName, cancellationToken) };
            messages.Add(json ? spoken.ToJson(file.Name) : spoken.ToRaw(file.Name, MediaTypes.OfFile(file.Name)));
        }

        messages.AddRange((arguments.GetValue(_texts) ?? []).Select(text => (job with { Text = text }).ToJson(text)));
        return messages;
    }
}
