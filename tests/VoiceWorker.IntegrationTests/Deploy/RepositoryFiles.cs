namespace VoiceWorker.IntegrationTests.Deploy;

/// <summary>Paths of files that are not part of the build.</summary>
internal static class RepositoryFiles
{
    private static readonly string Root = FindRoot();

    /// <summary>The full path of <c>deploy/systemd/install.sh</c> and the like.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>A recording that ffmpeg decodes: Opus and WAV are decoded in process.</summary>
    public static string ForFfmpeg => PathOf("samples/en-2.mp3");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "VoiceWorker.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds VoiceWorker.sln.");
    }
}
