namespace VoiceWorker.Audio.Processes;

/// <summary>One run of a program that reads bytes and writes bytes.</summary>
/// <param name="FileName">The program: a path, or a name to find in PATH.</param>
/// <param name="Arguments">Its arguments, each passed as it is; no shell is involved.</param>
public sealed record ChildProcessRequest(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>What it reads from its standard input, in order; nothing by default.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Input { get; init; } = [];

    /// <summary>Wall-clock limit; the process tree is killed when it has passed.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Processor time it may use (Linux only); as long as its <see cref="Timeout"/> by default.</summary>
    public TimeSpan? MaxCpuTime { get; init; }

    /// <summary>Bytes it may write to its standard output; it is killed at one more.</summary>
    public int MaxOutputBytes { get; init; }

    /// <summary>Bytes to reserve for its output at first.</summary>
    public int ExpectedOutputBytes { get; init; } = 64 * 1024;

    /// <summary>Where its output goes; null to collect it in the result, within <see cref="MaxOutputBytes"/>.</summary>
    public IChildOutput? Output { get; init; }

    /// <summary>Whether it may write files, shared memory included (Linux only).</summary>
    public bool MayWriteFiles { get; init; }

    /// <summary>Address space it may use, in bytes (Linux only); null for no limit.</summary>
    public long? MaxMemoryBytes { get; init; }
}
