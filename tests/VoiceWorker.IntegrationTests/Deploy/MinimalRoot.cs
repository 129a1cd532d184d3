namespace VoiceWorker.IntegrationTests.Deploy;

/// <summary>
/// A root folder with nothing in it but dpkg's records and the programs that the package's scripts call, taken from this
/// system: enough for dpkg to install in, in a fraction of a second. deploy/debian/try-install.sh takes a whole Debian.
/// </summary>
internal sealed class MinimalRoot : IDisposable
{
    private const string Script = """
        set -e
        mkdir -p "$1"/usr/bin "$1"/usr/sbin "$1"/usr/lib "$1"/usr/lib64 "$1"/etc "$1"/tmp "$1"/var/lib/dpkg/info "$1"/var/lib/dpkg/updates
        touch "$1"/var/lib/dpkg/status
        for folder in bin sbin lib lib64; do ln -s "usr/$folder" "$1/$folder"; done
        for program in sh rm systemd-sysusers; do
          path=$(command -v "$program")
          for file in "$path" $(ldd "$path" | grep -o '/[^ ]*'); do install -D "$file" "$1$file"; done
        done
        """;

    private readonly TemporaryFolder _folder = new();

    /// <summary>The full path of a file below the root.</summary>
    public string this[string relative] => Path.Combine(_folder.FullName, relative);

    /// <summary>Every file below the root that has to do with the worker, dpkg's records apart.</summary>
    public IEnumerable<string> Files => Directory.EnumerateFiles(_folder.FullName, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(_folder.FullName, file)).Where(file => file.Contains("voiceworker", StringComparison.Ordinal) && !file.StartsWith("var/lib/dpkg", StringComparison.Ordinal));

    public static async Task<MinimalRoot> CreateAsync()
    {
        var root = new MinimalRoot();
        await Tool.SucceedAsync("sh", "-c", Script, "sh", root._folder.FullName);
        return root;
    }

    /// <summary>Runs dpkg on this root. What the package depends on is the system's, so dpkg is not asked for it.</summary>
    public async Task<string> DpkgAsync(params string[] arguments)
    {
        string[] dpkg = ["dpkg", $"--root={_folder.FullName}", "--force-depends", .. arguments];
        // dpkg enters the root, which only root may: if need be, the root of a user namespace.
        string[] command = Environment.IsPrivilegedProcess ? dpkg : ["unshare", "--map-root-user", .. dpkg];
        return await Tool.SucceedAsync("env", [$"PATH={Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin", .. command]);
    }

    public void Dispose() => _folder.Dispose();
}
