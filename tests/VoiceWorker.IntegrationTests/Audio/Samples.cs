namespace VoiceWorker.IntegrationTests.Audio;

/// <summary>The recordings in the repository's <c>samples</c> folder.</summary>
internal static class Samples
{
    public static string Path(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = System.IO.Path.Combine(folder.FullName, "samples", name);
            if (File.Exists(path))
                return path;
        }

        throw new FileNotFoundException($"No samples/{name} above {AppContext.BaseDirectory}.");
    }
}
