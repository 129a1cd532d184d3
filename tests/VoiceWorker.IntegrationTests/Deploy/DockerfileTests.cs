using VoiceWorker.IntegrationTests.Broker;
using VoiceWorker.IntegrationTests.Monitoring;

namespace VoiceWorker.IntegrationTests.Deploy;

/// <summary>What the Dockerfiles do, done outside Docker.</summary>
public sealed class DockerfileTests(PublishedWorker published)
{
    [Theory]
    [InlineData("Dockerfile")]
    [InlineData("deploy/apertium/Dockerfile")]
    public void Image_EndsAs_AUserWithoutPrivileges(string file)
    {
        var dockerfile = new DockerfileText(file);

        Assert.DoesNotContain(dockerfile.All("USER")[^1], (string[])["root", "0", "0:0"]);
        Assert.All(dockerfile.Images, image => Assert.Matches(":[0-9]+\\.[0-9]+-", image));
    }

    [Fact]
    public async Task Worker_AsTheImageStartsIt_IsHealthy()
    {
        using var folder = new TemporaryFolder();
        var port = FreePort.Next();
        string[] check = [.. published.Dockerfile.Command("HEALTHCHECK").Select(word => word.Replace("9480", $"{port}", StringComparison.Ordinal))];
        string[] settings = [$"--Http:Url=http://127.0.0.1:{port}", "--RabbitMq:Uri=amqp://127.0.0.1:1", "--Stt:Engine=onnx", "--Translation:Apertium:BaseAddress=http://127.0.0.1:1/"];

        await using (TiedProcess.Start(folder["output.txt"], [await published.ProgramAsync(), .. published.Dockerfile.Command("CMD"), .. settings]))
            await Wait.UntilAsync(async () => await PassesAsync(check), "the worker passes its health check");

        Assert.False(await PassesAsync(check));
    }

    [Fact]
    public async Task Apertium_AsTheImageStartsIt_IsHealthy()
    {
        using var folder = new TemporaryFolder();
        var dockerfile = new DockerfileText("deploy/apertium/Dockerfile");
        var port = FreePort.Next();
        string[] At(string[] command) => [.. command.Select(word => word.Replace("2737", $"{port}", StringComparison.Ordinal))];

        await using (TiedProcess.Start(folder["output.txt"], ["env", "-i", "PATH=/usr/bin:/bin", .. dockerfile.All("ENV"), .. dockerfile.Command("ENTRYPOINT"), .. At(dockerfile.Command("CMD"))]))
            await Wait.UntilAsync(async () => await PassesAsync(At(dockerfile.Command("HEALTHCHECK"))), "apertium-apy passes its health check");

        Assert.False(await PassesAsync(At(dockerfile.Command("HEALTHCHECK"))));
    }

    private static async Task<bool> PassesAsync(string[] check) => (await Tool.RunAsync(check[0], check[1..])).ExitCode == 0;
}
