namespace VoiceWorker.Audio.Processes;

/// <summary>How a child process ended.</summary>
public enum ChildProcessOutcome
{
    /// <summary>It ended by itself; see the exit code.</summary>
    Exited,

    /// <summary>It could not be started: no such program, or not executable.</summary>
    NotStarted,

    /// <summary>It was killed because its time was up.</summary>
    TimedOut,

    /// <summary>It was killed because it wrote more than it may.</summary>
    OutputTooLarge,
}
