namespace VoiceWorker.Core.Ports;

/// <summary>An engine's state, in words for an operator.</summary>
/// <param name="Ready">Whether it can work now.</param>
/// <param name="Detail">Version, model, languages; or what is wrong.</param>
/// <param name="Remedy">How to mend it; null when nothing is wrong.</param>
public sealed record EngineStatus(bool Ready, string Detail, string? Remedy = null);
