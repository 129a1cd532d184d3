namespace VoiceWorker.IntegrationTests.Deploy;

/// <summary>What <c>demo.sh</c> and <c>test.sh</c> call before anything else.</summary>
public sealed class DependenciesScriptTests : IDisposable
{
    private static readonly string Script = RepositoryFiles.PathOf("eng/install-dependencies.sh");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("demo")]
    [InlineData("test")]
    public async Task NoInstall_SomethingIsMissing_NamesItAndInstallsNothing(string what)
    {
        // A machine that has the SDK and no package; apt-get would leave a trace.
        await WriteAsync("dotnet", "echo '10.0.100 [/nowhere]'");
        await WriteAsync("apt-get", $"touch {_folder["installed"]}");

        var run = await Tool.RunAsync("env", $"PATH={_folder.FullName}:/usr/bin-of-no-package", "/bin/bash", "-c", $"grep() {{ /bin/grep \"$@\"; }}; export -f grep; exec /bin/bash {Script} {what} --no-install");

        Assert.Equal(1, run.ExitCode);
        Assert.Matches("missing: .*ffmpeg.*espeak-ng.*apt-get install", run.StandardError);
        Assert.False(File.Exists(_folder["installed"]));
    }

    [Fact]
    public async Task NoInstall_NothingIsMissing_IsSilent()
    {
        var run = await Tool.RunAsync("/bin/bash", Script, "demo", "--no-install");

        Assert.Equal((0, "", ""), (run.ExitCode, run.StandardOutput, run.StandardError));
    }

    [Fact]
    public async Task UnknownArgument_IsRefused()
    {
        var run = await Tool.RunAsync("/bin/bash", Script, "demo", "--dry-run");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("unknown argument '--dry-run'; usage: ", run.StandardError, StringComparison.Ordinal);
    }

    private async Task WriteAsync(string name, string command)
    {
        await File.WriteAllTextAsync(_folder[name], $"#!/bin/sh\n{command}\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(_folder[name], UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}
