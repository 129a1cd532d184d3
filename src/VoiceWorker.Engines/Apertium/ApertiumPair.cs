namespace VoiceWorker.Engines.Apertium;

/// <summary>A line of <c>/listPairs</c>.</summary>
/// <param name="SourceLanguage">ISO 639-3 or 639-1 code, perhaps with a variant: <c>eng</c>, <c>en</c>, <c>eng_US</c>.</param>
/// <param name="TargetLanguage">The same for the other side.</param>
internal sealed record ApertiumPair(string SourceLanguage, string TargetLanguage);
