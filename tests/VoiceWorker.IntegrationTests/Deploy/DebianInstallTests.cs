namespace VoiceWorker.IntegrationTests.Deploy;

/// <summary>The package, installed, upgraded and removed by dpkg with its own scripts.</summary>
public sealed class DebianInstallTests : IAsyncLifetime
{
    // Set to 1, the slow test runs, too.
    private const string TryVariable = "VOICEWORKER_TRY_INSTALL";

    private readonly TemporaryFolder _folder = new();
    private MinimalRoot _root = null!;

    public async ValueTask InitializeAsync() => _root = await MinimalRoot.CreateAsync();

    public ValueTask DisposeAsync()
    {
        _root.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Install_InAnEmptyRoot_LeavesUnitAccountConfigurationAndProgram()
    {
        var said = await _root.DpkgAsync("--install", await BuildAsync());

        Assert.Contains("set the broker in /etc/voiceworker/appsettings.json", said, StringComparison.Ordinal);
        Assert.Contains("voiceworker:x:", await ReadAsync("etc/passwd"), StringComparison.Ordinal);
        Assert.Superset(
            new HashSet<string> { "usr/lib/voiceworker/voiceworker", "usr/bin/voiceworker", "usr/lib/systemd/system/voiceworker.service", "etc/voiceworker/appsettings.json", "usr/share/doc/voiceworker/runbook.md" },
            _root.Files.ToHashSet());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_root["etc/voiceworker/credentials"]));
    }

    [Fact]
    public async Task Install_OverAnOlderOne_KeepsTheConfiguration()
    {
        var package = await BuildAsync();
        await _root.DpkgAsync("--install", package);
        await File.WriteAllTextAsync(_root["etc/voiceworker/appsettings.json"], "{}", TestContext.Current.CancellationToken);

        await _root.DpkgAsync("--install", package);

        Assert.Equal("{}", await ReadAsync("etc/voiceworker/appsettings.json"));
    }

    [Fact]
    public async Task Remove_OfThePackage_LeavesTheConfigurationOnly()
    {
        await _root.DpkgAsync("--install", await BuildAsync());

        await _root.DpkgAsync("--remove", "voiceworker");

        Assert.Equal(["etc/voiceworker/appsettings.json"], _root.Files);
    }

    [Fact]
    public async Task Purge_OfThePackage_LeavesNoFile()
    {
        await _root.DpkgAsync("--install", await BuildAsync());

        await _root.DpkgAsync("--purge", "voiceworker");

        Assert.Empty(_root.Files);
    }

    [Fact]
    public async Task TryInstall_InAWholeDebian_Succeeds()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(TryVariable) == "1", $"Takes minutes, root and a Debian mirror: {TryVariable}=1 runs it.");
        using var published = new PublishedWorker();
        var package = (await Tool.SucceedAsync(RepositoryFiles.PathOf("deploy/debian/build.sh"), await published.FolderAsync(), _folder.FullName)).Trim();

        var output = await Tool.SucceedAsync(RepositoryFiles.PathOf("deploy/debian/try-install.sh"), package);

        Assert.EndsWith("Nothing is left\n", output, StringComparison.Ordinal);
    }

    private Task<string> ReadAsync(string relative) => File.ReadAllTextAsync(_root[relative], TestContext.Current.CancellationToken);

    private async Task<string> BuildAsync() =>
        (await Tool.SucceedAsync(RepositoryFiles.PathOf("deploy/debian/build.sh"), PartialPublish.Create(_folder["published"], runtime: true), _folder.FullName)).Trim();
}
