using System.Text.Json;
using System.Text.RegularExpressions;

namespace VoiceWorker.IntegrationTests.Deploy;

/// <summary>The instructions of a Dockerfile, continued lines joined.</summary>
internal sealed class DockerfileText
{
    private readonly List<(string Name, string Arguments)> _instructions;

    public DockerfileText(string relative) => _instructions =
    [
        .. Regex.Replace(File.ReadAllText(RepositoryFiles.PathOf(relative)), @"\\\n\s*", "")
            .Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', 2))
            .Select(words => (words[0], words[1])),
    ];

    /// <summary>Every instruction of a name, in order.</summary>
    public IReadOnlyList<string> All(string name) => [.. _instructions.Where(i => i.Name == name).Select(i => i.Arguments)];

    /// <summary>The images that it starts from, with the defaults of its arguments.</summary>
    public IEnumerable<string> Images => All("FROM").Select(image => image[0] == '$' ? All("ARG").Single(argument => argument.StartsWith($"{image[1..]}=", StringComparison.Ordinal)).Split('=')[1] : image);

    /// <summary>The command of the last instruction of a name, written as a JSON array.</summary>
    public string[] Command(string name)
    {
        var arguments = All(name)[^1];
        return JsonSerializer.Deserialize<string[]>(arguments[arguments.IndexOf('[', StringComparison.Ordinal)..])!;
    }
}
