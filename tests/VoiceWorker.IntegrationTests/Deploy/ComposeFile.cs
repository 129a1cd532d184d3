using System.Text.Json.Nodes;

namespace VoiceWorker.IntegrationTests.Deploy;

/// <summary>docker-compose.yml as docker-compose understands it.</summary>
internal static class ComposeFile
{
    private const string Program = "docker-compose";

    private static readonly Lazy<Task<JsonObject>> Services = new(ReadAsync);

    public static Task<JsonObject> ServicesAsync() => Services.Value;

    /// <summary>Reads YAML, with the library that docker-compose itself depends on.</summary>
    public static async Task<JsonNode> YamlAsync(string yaml)
    {
        var json = await Tool.RunWithInputAsync(yaml, "/usr/bin/python3", "-I", "-c", "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin)))");
        Assert.True(json.ExitCode == 0, json.StandardError);
        return JsonNode.Parse(json.StandardOutput)!;
    }

    private static async Task<JsonObject> ReadAsync()
    {
        var path = Environment.GetEnvironmentVariable("PATH")!.Split(':');
        Assert.True(path.Any(folder => File.Exists(Path.Combine(folder, Program))), $"{Program} is missing: apt-get install {Program}, or eng/install-dependencies.sh test.");
        var yaml = await Tool.SucceedAsync(Program, "--project-name", "voiceworker", "-f", RepositoryFiles.PathOf("docker-compose.yml"), "config");
        return (await YamlAsync(yaml))["services"]!.AsObject();
    }
}
