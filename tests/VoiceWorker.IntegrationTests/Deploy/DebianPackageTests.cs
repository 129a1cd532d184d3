using VoiceWorker.Host.Telemetry;

namespace VoiceWorker.IntegrationTests.Deploy;

/// <summary>The package of a program that is this build's own, without the rest of it: a whole one takes minutes.</summary>
public sealed class DebianPackageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Package_OfAProgram_HasTheVersionOfTheProject()
    {
        var package = await BuildAsync();

        Assert.Equal($"{RuntimeMetrics.Version}\n", await Tool.SucceedAsync("dpkg-deb", "--field", package, "Version"));
    }

    [Fact]
    public async Task Package_OfAProgram_InstallsUnitAccountConfigurationAndProgram()
    {
        var contents = await Tool.SucceedAsync("dpkg-deb", "--contents", await BuildAsync());

        Assert.All(
            (string[])["./usr/lib/voiceworker/voiceworker\n", "./usr/lib/systemd/system/voiceworker.service\n", "./usr/lib/sysusers.d/voiceworker.conf\n", "./etc/voiceworker/appsettings.json\n", "./usr/bin/voiceworker -> "],
            file => Assert.Contains(file, contents, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Package_OfAProgram_BelongsToRootWhoeverBuildsIt()
    {
        var contents = await Tool.SucceedAsync("dpkg-deb", "--contents", await BuildAsync());

        Assert.All(contents.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Contains(" root/root ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Package_OfAProgram_KeepsTheConfigurationOverUpgrades()
    {
        await Tool.SucceedAsync("dpkg-deb", "--control", await BuildAsync(), _folder["control"]);

        Assert.Equal("/etc/voiceworker/appsettings.json\n", await File.ReadAllTextAsync(_folder["control/conffiles"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Package_WithoutTheRuntime_IsNotBuilt()
    {
        var result = await Tool.RunAsync(RepositoryFiles.PathOf("deploy/debian/build.sh"), PartialPublish.Create(_folder["published"], runtime: false), _folder.FullName);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("--self-contained", result.StandardError, StringComparison.Ordinal);
    }

    private async Task<string> BuildAsync() =>
        (await Tool.SucceedAsync(RepositoryFiles.PathOf("deploy/debian/build.sh"), PartialPublish.Create(_folder["published"], runtime: true), _folder.FullName)).Trim();
}
