namespace VoiceWorker.Engines.OpenAi;

/// <summary>A piece of a transcription.</summary>
/// <param name="Start">Seconds from the start of the audio.</param>
/// <param name="End">Seconds from the start of the audio.</param>
/// <param name="Text">The words, usually behind a space.</param>
/// <param name="AvgLogprob">The mean natural logarithm of the tokens' probabilities.</param>
internal sealed record TranscriptionSegment(double Start, double End, string Text, double? AvgLogprob = null);
