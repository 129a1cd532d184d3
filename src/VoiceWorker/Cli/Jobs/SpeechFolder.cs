using VoiceWorker.Client;

namespace VoiceWorker.Host.Cli.Jobs;

/// <summary>Where a command leaves the speech of its replies: <c>job.es.ogg</c>, each job under a name of its own.</summary>
internal sealed class SpeechFolder
{
    private const int LongestName = 60;

    private readonly string? _path;
    private readonly string[] _names;

    /// <param name="path">The folder, created when the first file is written; null when the speech is not wanted.</param>
    /// <param name="jobs">What the user calls the jobs: file names and texts.</param>
    public SpeechFolder(string? path, IEnumerable<string> jobs)
    {
        _path = path;
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        _names = [.. jobs.Select(job => Unique(Stem(job), taken))];
    }

    /// <summary>Writes the speech of a job's reply.</summary>
    /// <returns>The files written, and the reply without their content, which nobody needs twice.</returns>
    public async Task<(IReadOnlyList<string> Files, ReplyMessage Reply)> TakeAsync(int job, ReplyMessage reply, CancellationToken cancellationToken)
    {
        if (reply.Data is not { } data)
            return ([], reply);
        List<string> files = [];
        await AddAsync(data.AudioUrl ?? data.AudioUrlTranslated, data.TargetLang);
        await AddAsync(data.AudioUrlOriginal, data.SourceLang);
        return (files, reply with { Data = data with { AudioUrl = null, AudioUrlTranslated = null, AudioUrlOriginal = null } });

        async Task AddAsync(string? url, string? language)
        {
            if (_path is null || url is null)
                return;
            var file = Path.Combine(_path, $"{_names[job]}.{language}.{MediaTypes.ExtensionOf(data.ContentType)}");
            Directory.CreateDirectory(_path);
            await File.WriteAllBytesAsync(file, Content(url), cancellationToken);
            files.Add(file);
        }
    }

    // data:<media type>;base64,<content> (RFC 2397)
    private static byte[] Content(string url) => Convert.FromBase64String(url[(url.IndexOf(',', StringComparison.Ordinal) + 1)..]);

    // A written job is named after its text, which may hold anything.
    private static string Stem(string job)
    {
        var stem = string.Concat(Path.GetFileNameWithoutExtension(job).Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' ? c : '-')).Trim('-');
        return stem.Length switch { 0 => "reply", > LongestName => stem[..LongestName], _ => stem };
    }

    private static string Unique(string stem, HashSet<string> taken)
    {
        var name = stem;
        for (var i = 2; !taken.Add(name); i++)
            name = $"{stem}-{i}";
        return name;
    }
}
