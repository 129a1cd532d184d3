namespace VoiceWorker.Core.Whisper;

/// <summary>Where the speech model is.</summary>
public static class ModelFile
{
    /// <summary>The model that the project ships, used when none is configured.</summary>
    public const string Demo = "models/ggml-demo-en-es.bin";

    /// <summary>A relative path means the working directory, or the program's own folder when the file is not there.</summary>
    public static string Resolve(string path) => File.Exists(path) ? path : Path.Combine(AppContext.BaseDirectory, path);
}
