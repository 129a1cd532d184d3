namespace VoiceWorker.IntegrationTests.Deploy;

/// <summary>A folder of its own for one test, gone with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voiceworker-test-");

    /// <summary>Its full path.</summary>
    public string FullName => _folder.FullName;

    /// <summary>The full path of something in it.</summary>
    public string this[string relative] => Path.Combine(FullName, relative);

    public void Dispose() => _folder.Delete(recursive: true);
}
