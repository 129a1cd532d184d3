using CliWrap;
using CliWrap.Buffered;
using VoiceWorker.IntegrationTests.Deploy;

namespace VoiceWorker.IntegrationTests.Clients;

/// <summary>Runs a client's program, each in a folder of its own.</summary>
internal static class ClientScript
{
    private const string Scripts = "tests/VoiceWorker.IntegrationTests/Clients/scripts";

    private static readonly Lazy<Task<string>> Node = new(RestoreAsync);

    /// <summary>Runs a program of this folder, or with its path one from elsewhere in the repository.</summary>
    /// <param name="script">Its name; the ending says what runs it.</param>
    /// <param name="url">The broker.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it wrote.</returns>
    public static async Task<string> RunAsync(string script, string url, string folder, params string[] arguments)
    {
        var path = RepositoryFiles.PathOf(script.Contains('/', StringComparison.Ordinal) ? script : $"{Scripts}/{script}");
        var (program, first) = Path.GetExtension(script) switch
        {
            // Debian's own, for which Debian has the packages.
            ".py" => ("/usr/bin/python3", [path]),
            ".mjs" => ("node", [Path.Combine(await Node.Value, Path.GetFileName(script))]),
            ".rb" => ("/usr/bin/ruby", [path]),
            ".php" => ("php", [path]),
            ".cs" => ("dotnet", ["run", path, "--"]),
            _ => ("bash", (string[])[path]),
        };
        // A client that waits for a reply in vain is ended, and says nothing about why.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        var result = await Cli.Wrap(program).WithArguments([.. first, .. arguments]).WithWorkingDirectory(folder)
            .WithEnvironmentVariables(variables => variables.Set("RABBITMQ_URL", url)).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(patience.Token);
        Assert.True(result.ExitCode == 0, $"{script} ended with {result.ExitCode}:\n{result.StandardOutput}{result.StandardError}");
        return result.StandardOutput;
    }

    // Node.js looks for packages above the program's own folder, so the programs are copied to where the packages are.
    private static async Task<string> RestoreAsync()
    {
        var folder = RepositoryFiles.PathOf("artifacts/clients");
        Directory.CreateDirectory(folder);
        var locks = Path.Combine(folder, "package-lock.json");
        var isRestored = File.Exists(locks) && Directory.Exists(Path.Combine(folder, "node_modules"))
            && await File.ReadAllTextAsync(locks) == await File.ReadAllTextAsync(RepositoryFiles.PathOf($"{Scripts}/package-lock.json"));
        foreach (var file in Directory.EnumerateFiles(RepositoryFiles.PathOf(Scripts), "*.*js*").Append(RepositoryFiles.PathOf("samples/producers/producer.mjs")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        if (!isRestored)
            await Tool.SucceedAsync("npm", "ci", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts");
        return folder;
    }
}
