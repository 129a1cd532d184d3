namespace VoiceWorker.SttLoadTests;

/// <summary>So many jobs, so many of them at once.</summary>
internal sealed record Load(int AtOnce, int Jobs);
