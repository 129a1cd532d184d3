namespace VoiceWorker.Whisper.Onnx.Scheduling;

/// <summary>Watches the scheduler.</summary>
internal interface ISchedulerMeter
{
    /// <summary>A window was encoded; the time does not include what came between its pieces.</summary>
    void Encoded(TimeSpan time);

    /// <summary>A step was made for so many texts.</summary>
    void Stepped(int texts, TimeSpan time);
}
