namespace VoiceWorker.Whisper.Ggml;

/// <summary>Where the speech model is.</summary>
public static class ModelFile
{
    /// <summary>The model that the project ships, used when none is configured.</summary>
    public const string Demo = "models/ggml-demo-en-es.bin";

    /// <summary>A relative path means the working directory; when the file is not there but in the program's own folder, that one.</summary>
    public static string Resolve(string path)
    {
        var besideProgram = Path.Combine(AppContext.BaseDirectory, path);
        return !File.Exists(path) && File.Exists(besideProgram) ? besideProgram : path;
    }
}
