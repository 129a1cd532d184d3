namespace VoiceWorker.Audio.Processes;

/// <summary>Takes what a child process writes to its standard output, as it comes.</summary>
public interface IChildOutput
{
    /// <summary>Whether it has more than it wants; the process is killed then.</summary>
    bool IsFull { get; }

    /// <summary>Room for at least <paramref name="count"/> more bytes.</summary>
    Memory<byte> Reserve(int count);

    /// <summary>Takes the first <paramref name="count"/> bytes of the reserved room.</summary>
    void Advance(int count);
}
