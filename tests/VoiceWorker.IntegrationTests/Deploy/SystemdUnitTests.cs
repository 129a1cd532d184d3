namespace VoiceWorker.IntegrationTests.Deploy;

public sealed class SystemdUnitTests
{
    private const string Unit = "usr/lib/systemd/system/voiceworker.service";

    [Fact]
    public async Task Unit_AsInstalled_IsVerifiedWithoutAComplaint()
    {
        using var root = new InstalledRoot();
        await root.InstallAsync("exit 0");

        var verified = await Tool.RunAsync("systemd-analyze", "verify", $"--root={root[""]}", "--man=no", "--recursive-errors=no", root[Unit]);

        Assert.Equal((0, ""), (verified.ExitCode, verified.StandardOutput + verified.StandardError));
    }

    [Fact]
    public async Task Unit_WithoutItsProgram_FailsTheVerification()
    {
        using var root = new InstalledRoot();
        await root.InstallAsync("exit 0");
        File.Delete(root["usr/lib/voiceworker/voiceworker"]);

        var verified = await Tool.RunAsync("systemd-analyze", "verify", $"--root={root[""]}", "--man=no", "--recursive-errors=no", root[Unit]);

        Assert.NotEqual(0, verified.ExitCode);
    }

    [Fact]
    public async Task Sandbox_OfTheUnit_ScoresAtMostTwo() =>
        // The threshold is in tenths.
        await Tool.SucceedAsync("systemd-analyze", "security", "--offline=true", "--threshold=20", RepositoryFiles.PathOf("deploy/systemd/voiceworker.service"));

    [Fact]
    public async Task Sandbox_OfTheUnit_LetsDotNetCompile()
    {
        var unit = await File.ReadAllLinesAsync(RepositoryFiles.PathOf("deploy/systemd/voiceworker.service"), TestContext.Current.CancellationToken);

        Assert.DoesNotContain(unit, line => line.StartsWith("MemoryDenyWriteExecute=", StringComparison.Ordinal));
    }
}
