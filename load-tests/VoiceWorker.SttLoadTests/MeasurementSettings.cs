namespace VoiceWorker.SttLoadTests;

/// <summary>What a measuring process is told.</summary>
/// <param name="Candidate">The engine.</param>
/// <param name="Model">The model file.</param>
/// <param name="ClipSeconds">0 for the samples as they are; otherwise the samples one after the other, so many seconds long.</param>
/// <param name="Loads">Jobs at once, and jobs in all.</param>
internal sealed record MeasurementSettings(Candidate Candidate, string Model, int ClipSeconds, IReadOnlyList<Load> Loads);
