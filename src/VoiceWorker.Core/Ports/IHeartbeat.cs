namespace VoiceWorker.Core.Ports;

/// <summary>Where work that takes long says that it moves on: a window written down, a piece of a file decoded.</summary>
public interface IHeartbeat
{
    /// <summary>Notes progress, now. Cheap and thread-safe; never throws.</summary>
    void Beat();
}
