namespace VoiceWorker.IntegrationTests.Deploy;

/// <summary>A root folder for <c>install.sh --root</c> and a published program that is told apart by its text.</summary>
internal sealed class InstalledRoot : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public InstalledRoot() => Directory.CreateDirectory(this[""]);

    /// <summary>The full path of a file below the root: <c>etc/voiceworker/appsettings.json</c>.</summary>
    public string this[string relative] => Path.Combine(_folder["root"], relative);

    /// <summary>Installs a program that consists of one script.</summary>
    public async Task InstallAsync(string program)
    {
        var published = Directory.CreateDirectory(_folder["published"]).FullName;
        var executable = Path.Combine(published, "voiceworker");
        await File.WriteAllTextAsync(executable, $"#!/bin/sh\n{program}\n");
        File.SetUnixFileMode(executable, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await RunAsync("install.sh", published);
    }

    /// <summary>Runs <c>install.sh</c> or <c>uninstall.sh</c> on this root.</summary>
    public Task<string> RunAsync(string script, params string[] arguments) =>
        Tool.SucceedAsync(RepositoryFiles.PathOf($"deploy/systemd/{script}"), ["--root", this[""], .. arguments]);

    public void Dispose() => _folder.Dispose();
}
