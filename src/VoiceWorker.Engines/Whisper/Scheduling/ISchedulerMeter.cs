namespace VoiceWorker.Engines.Whisper.Scheduling;

/// <summary>Watches the scheduler.</summary>
internal interface ISchedulerMeter
{
    /// <summary>A window is being encoded until the result is disposed.</summary>
    IDisposable Encoding();

    /// <summary>A step for this many texts is being made until the result is disposed.</summary>
    IDisposable Stepping(int texts);
}
