namespace VoiceWorker.Core.Ports;

/// <summary>A part of a recording in which somebody speaks.</summary>
/// <param name="Start">Its first sample.</param>
/// <param name="End">The sample after its last.</param>
public readonly record struct SpeechSpan(int Start, int End);
