using System.Runtime.InteropServices;
using CliWrap;
using CliWrap.Buffered;
using VoiceWorker.IntegrationTests.Monitoring;

namespace VoiceWorker.IntegrationTests.Deploy;

/// <summary>What the Dockerfiles do, done outside Docker.</summary>
public sealed class DockerfileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Dockerfile")]
    [InlineData("deploy/apertium/Dockerfile")]
    public void Image_EndsAs_AUserWithoutPrivileges(string file)
    {
        var dockerfile = new DockerfileText(file);

        Assert.DoesNotContain(dockerfile.All("USER")[^1], (string[])["root", "0", "0:0"]);
        Assert.All(dockerfile.All("FROM"), image => Assert.Matches(":[0-9]+\\.[0-9]+-", image));
    }

    [Fact]
    public async Task Publish_AsTheImageDoes_GivesAWorkerThatRunsAndIsHealthy()
    {
        using var folder = new TemporaryFolder();
        var dockerfile = new DockerfileText("Dockerfile");
        CopySources(dockerfile, folder["source"]);

        await PublishAsync(dockerfile.All("RUN").Single(run => run.StartsWith("dotnet publish", StringComparison.Ordinal)), folder);

        var program = dockerfile.Command("ENTRYPOINT")[0].Replace("/app/", folder["app/"], StringComparison.Ordinal);
        Assert.Contains("doctor", await Tool.SucceedAsync(program, "--help"), StringComparison.Ordinal);
        Assert.True(File.Exists(folder["app/models/ggml-demo-en-es.bin"]));
        await IsHealthyAsync(dockerfile, folder, program, dockerfile.Command("CMD"));
    }

    [Fact]
    public async Task Apertium_AsTheImageStartsIt_IsHealthy()
    {
        using var folder = new TemporaryFolder();
        var dockerfile = new DockerfileText("deploy/apertium/Dockerfile");
        var port = TiedProcess.FreePort();
        string[] At(string[] command) => [.. command.Select(word => word.Replace("2737", $"{port}", StringComparison.Ordinal))];

        await using (TiedProcess.Start(folder["output.txt"], ["env", "-i", "PATH=/usr/bin:/bin", .. dockerfile.All("ENV"), .. dockerfile.Command("ENTRYPOINT"), .. At(dockerfile.Command("CMD"))]))
            await Wait.UntilAsync(async () => await PassesAsync(At(dockerfile.Command("HEALTHCHECK"))), "apertium-apy passes its health check", seconds: 120);

        Assert.False(await PassesAsync(At(dockerfile.Command("HEALTHCHECK"))));
    }

    private static void CopySources(DockerfileText dockerfile, string target)
    {
        foreach (var copy in dockerfile.All("COPY").Where(copy => !copy.StartsWith("--from", StringComparison.Ordinal)))
        {
            foreach (var source in copy.Split(' ')[..^1])
                Copy(new FileInfo(RepositoryFiles.PathOf(source)), Path.Combine(target, source));
        }
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

    private static async Task PublishAsync(string command, TemporaryFolder folder)
    {
        var published = await Cli.Wrap("sh")
            .WithArguments(["-c", command.Replace("/app", folder["app"], StringComparison.Ordinal)])
            .WithWorkingDirectory(folder["source"])
            // No build server may outlive the test with its output in hand.
            .WithEnvironmentVariables(environment => environment
                .Set("TARGETARCH", RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "amd64")
                .Set("MSBUILDDISABLENODEREUSE", "1").Set("DOTNET_CLI_USE_MSBUILD_SERVER", "0").Set("UseSharedCompilation", "false"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Token);
        Assert.True(published.ExitCode == 0, published.StandardOutput + published.StandardError);
    }

    private static async Task IsHealthyAsync(DockerfileText dockerfile, TemporaryFolder folder, string program, string[] arguments)
    {
        var port = TiedProcess.FreePort();
        string[] check = [.. dockerfile.Command("HEALTHCHECK").Select(word => word.Replace("9480", $"{port}", StringComparison.Ordinal))];
        string[] settings = [$"--Http:Url=http://127.0.0.1:{port}", "--RabbitMq:Uri=amqp://127.0.0.1:1", "--Stt:Engine=onnx", "--Translation:Apertium:BaseAddress=http://127.0.0.1:1/"];

        await using var worker = TiedProcess.Start(folder["output.txt"], [program, .. arguments, .. settings]);

        await Wait.UntilAsync(async () => await PassesAsync(check), "the worker passes its health check", seconds: 120);
    }

    private static async Task<bool> PassesAsync(string[] check) => (await Tool.RunAsync(check[0], check[1..])).ExitCode == 0;
}
