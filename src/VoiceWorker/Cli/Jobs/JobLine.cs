using System.Text.Json;
using VoiceWorker.Client;

namespace VoiceWorker.Host.Cli.Jobs;

/// <summary>One line of a jobs file: a job in the contract's names, with a file in the place of its audio. What a line lacks comes from the command line.</summary>
internal sealed record JobLine
{
    /// <summary>The audio file, relative to the jobs file.</summary>
    public string? File { get; init; }

    public string? Text { get; init; }

    public string? SourceLang { get; init; }

    public string? TargetLang { get; init; }

    public string? Voice { get; init; }

    public string? Model { get; init; }

    public string? SenderId { get; init; }

    public string? AudioFormat { get; init; }

    public bool? IncludeOriginalAudio { get; init; }

    /// <summary>Whether the audio travels inside JSON.</summary>
    public bool? JsonBody { get; init; }

    /// <summary>Reads a jobs file; empty lines count for nothing.</summary>
    /// <exception cref="IOException">The file cannot be read, or a line is no job; the message says which.</exception>
    public static async IAsyncEnumerable<JobLine> ReadAsync(FileInfo file, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0;
        await foreach (var line in System.IO.File.ReadLinesAsync(file.FullName, cancellationToken))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                yield return Parse(line, $"{file.Name}, line {number}");
        }
    }

    /// <summary>The job, what is missing taken from another one.</summary>
    public ProducerJob Over(ProducerJob job) => job with
    {
        Text = Text,
        SourceLang = SourceLang ?? job.SourceLang,
        TargetLang = TargetLang ?? job.TargetLang,
        Voice = Voice ?? job.Voice,
        Model = Model ?? job.Model,
        SenderId = SenderId ?? job.SenderId,
        AudioFormat = AudioFormat ?? job.AudioFormat,
        IncludeOriginalAudio = IncludeOriginalAudio ?? job.IncludeOriginalAudio,
    };

    private static JobLine Parse(string line, string where)
    {
        try
        {
            var job = JsonSerializer.Deserialize(line, WireJson.Default.JobLine);
            return job is { File: not null } or { Text: not null } ? job : throw new IOException($"{where}: a job needs \"file\" or \"text\".");
        }
        catch (JsonException e)
        {
            throw new IOException($"{where} is not a job: {e.Message}", e);
        }
    }
}
