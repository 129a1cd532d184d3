using System.CommandLine;
using VoiceWorker.Client;
using VoiceWorker.Contract.Jobs;

namespace VoiceWorker.Host.Cli.Jobs;

/// <summary>The arguments that describe jobs, the same for <c>process</c> and <c>publish</c>.</summary>
internal sealed class JobArguments
{
    private readonly Argument<FileInfo[]> _files = new Argument<FileInfo[]>("FILE")
    {
        Description = "Speech: WAV, MP3, Ogg/Opus, WebM, FLAC, M4A, AMR, 3GP.",
        Arity = ArgumentArity.ZeroOrMore,
    }.AcceptExistingOnly();

    private readonly Option<string[]> _texts = new("--text") { Description = "A written sentence, instead of or beside files; may be given several times." };
    private readonly Option<FileInfo> _lines = new Option<FileInfo>("--jobs") { Description = "A file with one job a line, as JSON in the contract's names with \"file\" for the audio." }.AcceptExistingOnly();
    private readonly Option<string> _from = new("--from") { Description = "The language of the input, such as es or pt-BR; or auto.", DefaultValueFactory = _ => "auto" };
    private readonly Option<string?> _to = new("--to") { Description = "The wanted language, such as es or pt-BR." };
    private readonly Option<string> _format = new("--format") { Description = "The audio of the reply.", DefaultValueFactory = _ => AudioFormat.OggOpus.MediaType() };
    private readonly Option<string?> _voice = new("--voice") { Description = "The voice of the reply, in the synthesizer's naming." };
    private readonly Option<string?> _model = new("--model") { Description = "The speech model, by a name of Stt:Models:Files." };
    private readonly Option<string?> _sender = new("--sender") { Description = "Whose words these are." };
    private readonly Option<bool> _original = new("--include-original-audio") { Description = "Speech of the original text as well." };

    /// <summary>Adds the arguments to a command, and the rule that there must be something to do.</summary>
    public void AddTo(Command command)
    {
        _format.AcceptOnlyFromAmong([.. Enum.GetValues<AudioFormat>().Select(f => f.MediaType())]);
        command.Arguments.Add(_files);
        foreach (var option in new Option[] { _texts, _lines, _from, _to, _format, _voice, _model, _sender, _original })
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            // By tokens: the value of an argument that is wrong in itself cannot be had.
            var named = result.GetResult(_files) is { Tokens.Count: > 0 } || result.GetResult(_texts) is not null;
            if (!named && result.GetResult(_lines) is null)
                result.AddError("Nothing to do: name at least one FILE, or give --text \"…\" or --jobs.");
            if (named && result.GetResult(_to) is null)
                result.AddError("Into which language? Give --to, for example --to es.");
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
        var job = Common(arguments) with { Progress = progress };
        List<JobMessage> messages = [];
        foreach (var file in arguments.GetValue(_files) ?? [])
            messages.Add(await SpokenAsync(job, file.FullName, json, cancellationToken));
        messages.AddRange((arguments.GetValue(_texts) ?? []).Select(text => (job with { Text = text }).ToJson(text)));
        if (arguments.GetValue(_lines) is not { } lines)
            return messages;
        await foreach (var line in JobLine.ReadAsync(lines, cancellationToken))
        {
            messages.Add(line.File is null
                ? line.Over(job).ToJson(line.Text!)
                : await SpokenAsync(line.Over(job), Path.Combine(lines.DirectoryName!, line.File), line.JsonBody ?? json, cancellationToken));
        }

        return messages;
    }

    private ProducerJob Common(ParseResult arguments) => new()
    {
        SourceLang = arguments.GetValue(_from)!,
        TargetLang = arguments.GetValue(_to) ?? "",
        AudioFormat = arguments.GetValue(_format)!,
        Voice = arguments.GetValue(_voice),
        Model = arguments.GetValue(_model),
        SenderId = arguments.GetValue(_sender),
        IncludeOriginalAudio = arguments.GetValue(_original),
    };

    private static async Task<JobMessage> SpokenAsync(ProducerJob job, string path, bool json, CancellationToken cancellationToken)
    {
        var spoken = job with { AudioData = await File.ReadAllBytesAsync(path, cancellationToken) };
        var name = Path.GetFileName(path);
        return json ? spoken.ToJson(name) : spoken.ToRaw(name, MediaTypes.OfFile(name));
    }
}
