namespace VoiceWorker.SttLoadTests;

/// <summary>What was measured.</summary>
/// <param name="AtOnce">Jobs at once.</param>
/// <param name="JobsPerSecond">Jobs done a second.</param>
/// <param name="RealTimeFactor">Seconds of work for a second of sound.</param>
/// <param name="ProcessorSeconds">Processor time for each job.</param>
/// <param name="PeakMegabytes">The most memory that the process had meanwhile, in MiB.</param>
/// <param name="Texts">What was written, by recording.</param>
internal sealed record Figure(int AtOnce, double JobsPerSecond, double RealTimeFactor, double ProcessorSeconds, double PeakMegabytes, IReadOnlyDictionary<string, string> Texts);
