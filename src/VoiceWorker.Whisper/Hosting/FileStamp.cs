namespace VoiceWorker.Whisper.Hosting;

/// <summary>What tells a file from its successor of the same name.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Length">In bytes; -1 when there is none.</param>
/// <param name="Written">When it was written last.</param>
internal readonly record struct FileStamp(string Path, long Length, DateTime Written)
{
    /// <summary>Whether there is a file.</summary>
    public bool Exists => Length >= 0;

    /// <summary>Looks at a file.</summary>
    public static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new(path, file.Length, file.LastWriteTimeUtc) : new(path, -1, default);
    }
}
