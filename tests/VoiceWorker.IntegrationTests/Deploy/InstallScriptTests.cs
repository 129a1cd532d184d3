namespace VoiceWorker.IntegrationTests.Deploy;

public sealed class InstallScriptTests : IDisposable
{
    private const string Program = "usr/lib/voiceworker/voiceworker";
    private const string Settings = "etc/voiceworker/appsettings.json";

    private readonly InstalledRoot _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Install_IntoARoot_MakesTheProgramACommand()
    {
        await _root.InstallAsync("echo installed");

        Assert.Equal("installed\n", await Tool.SucceedAsync(_root["usr/bin/voiceworker"]));
    }

    [Fact]
    public async Task Install_IntoARoot_LeavesTheCredentialsToRootAlone()
    {
        await _root.InstallAsync("exit 0");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_root["etc/voiceworker/credentials"]));
    }

    [Fact]
    public async Task Install_OverAnOlderVersion_KeepsTheConfiguration()
    {
        await _root.InstallAsync("exit 0");
        await File.WriteAllTextAsync(_root[Settings], "mine", TestContext.Current.CancellationToken);

        await _root.InstallAsync("exit 0");

        Assert.Equal("mine", await File.ReadAllTextAsync(_root[Settings], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Rollback_AfterAnUpgrade_BringsTheOlderProgramBack()
    {
        await _root.InstallAsync("echo older");
        await _root.InstallAsync("echo newer");

        await _root.RunAsync("install.sh", "--rollback");

        Assert.Equal("older\n", await Tool.SucceedAsync(_root[Program]));
    }

    [Fact]
    public async Task Rollback_Twice_BringsTheNewerProgramBack()
    {
        await _root.InstallAsync("echo older");
        await _root.InstallAsync("echo newer");

        await _root.RunAsync("install.sh", "--rollback");
        await _root.RunAsync("install.sh", "--rollback");

        Assert.Equal("newer\n", await Tool.SucceedAsync(_root[Program]));
    }

    [Fact]
    public async Task Install_FromAFolderWithoutTheProgram_SaysHowToPublish()
    {
        var result = await Tool.RunAsync(RepositoryFiles.PathOf("deploy/systemd/install.sh"), "--root", _root[""], _root[""]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("dotnet publish src/VoiceWorker", result.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uninstall_WithoutPurge_LeavesTheConfigurationOnly()
    {
        await _root.InstallAsync("exit 0");

        await _root.RunAsync("uninstall.sh");

        Assert.Equal([Settings], Files());
    }

    [Fact]
    public async Task Uninstall_WithPurge_LeavesNoFile()
    {
        await _root.InstallAsync("exit 0");
        await _root.InstallAsync("exit 0");

        await _root.RunAsync("uninstall.sh", "--purge");

        Assert.Empty(Files());
    }

    private IEnumerable<string> Files() =>
        Directory.EnumerateFiles(_root[""], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_root[""], file));
}
