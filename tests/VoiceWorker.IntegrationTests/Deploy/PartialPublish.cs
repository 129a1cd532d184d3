namespace VoiceWorker.IntegrationTests.Deploy;

/// <summary>What a package is made of, without most of it: the program of this build. A whole package takes minutes.</summary>
internal static class PartialPublish
{
    /// <summary>Makes a folder that looks published.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="runtime">Whether the .NET runtime seems to be in it.</param>
    public static string Create(string folder, bool runtime)
    {
        Directory.CreateDirectory(folder);
        File.Copy(RunningWorker.BuiltProgram, Path.Combine(folder, "voiceworker"));
        if (runtime)
            File.WriteAllText(Path.Combine(folder, "libcoreclr.so"), "");
        return folder;
    }
}
