namespace VoiceWorker.Contract.Jobs;

/// <summary>A transcript together with its translation.</summary>
/// <param name="Source">What was said.</param>
/// <param name="Text">The same in the target language.</param>
/// <param name="TargetLanguage">ISO 639-1 code.</param>
public sealed record Translation(Transcript Source, string Text, string TargetLanguage);
