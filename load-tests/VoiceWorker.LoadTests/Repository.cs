namespace VoiceWorker.LoadTests;

/// <summary>Where the sources are: the samples, the scenarios and the results.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "VoiceWorker.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The load tests run inside the repository: they need its samples.");
        return folder;
    }
}
