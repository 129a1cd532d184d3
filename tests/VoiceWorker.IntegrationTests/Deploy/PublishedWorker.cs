using System.Runtime.InteropServices;
using CliWrap;
using CliWrap.Buffered;
using VoiceWorker.IntegrationTests.Deploy;

[assembly: AssemblyFixture(typeof(PublishedWorker))]

namespace VoiceWorker.IntegrationTests.Deploy;

/// <summary>
/// The worker as the image and the Debian package have it: self-contained and trimmed. Published outside Docker, by the
/// Dockerfile's own command from the files that it copies, when the first test asks for it. It is not compiled ahead,
/// which takes a minute more and changes nothing that it does.
/// </summary>
public sealed class PublishedWorker : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<Task> _publish;

    public PublishedWorker() => _publish = new(PublishAsync);

    internal DockerfileText Dockerfile { get; } = new("Dockerfile");

    public void Dispose() => _folder.Dispose();

    /// <summary>The folder that it is published to.</summary>
    internal async Task<string> FolderAsync()
    {
        await _publish.Value;
        return _folder["app"];
    }

    /// <summary>The full path of the program.</summary>
    internal async Task<string> ProgramAsync() => Dockerfile.Command("ENTRYPOINT")[0].Replace("/app", await FolderAsync(), StringComparison.Ordinal);

    private async Task PublishAsync()
    {
        foreach (var copy in Dockerfile.All("COPY").Where(copy => !copy.StartsWith("--from", StringComparison.Ordinal)))
        {
            foreach (var source in copy.Split(' ')[..^1])
                Copy(new FileInfo(RepositoryFiles.PathOf(source)), Path.Combine(_folder["source"], source));
        }

        var command = Dockerfile.All("RUN").Single(run => run.StartsWith("dotnet publish", StringComparison.Ordinal));
        var published = await Cli.Wrap("sh")
            .WithArguments(["-c", $"{command.Replace("/app", _folder["app"], StringComparison.Ordinal)} -p:PublishReadyToRun=false"])
            .WithWorkingDirectory(_folder["source"])
            // The code was analyzed by its own build. A larger youngest generation makes compilers and linker a sixth faster.
            .WithEnvironmentVariables(environment => environment.Set(BuildServers.Environment)
                .Set("TARGETARCH", RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "amd64")
                .Set("RunAnalyzers", "false").Set("DOTNET_GCgen0size", "0x10000000"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();
        var output = published.StandardOutput + published.StandardError;
        if (output.Contains("NU1101", StringComparison.Ordinal) && output.Contains("Microsoft.NET", StringComparison.Ordinal))
            Assert.Skip($"The package feed lacks what a self-contained publish needs: {output.Split('\n').First(line => line.Contains("NU1101", StringComparison.Ordinal))}");
        Assert.True(published.ExitCode == 0, output);
    }

    private static void Copy(FileInfo source, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (source.Exists)
        {
            source.CopyTo(target);
            return;
        }

        // As .dockerignore has it.
        foreach (var inner in new DirectoryInfo(source.FullName).EnumerateFileSystemInfos().Where(inner => inner.Name is not ("bin" or "obj")))
            Copy(new FileInfo(inner.FullName), Path.Combine(target, inner.Name));
    }
}
