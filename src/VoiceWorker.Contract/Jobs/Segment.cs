using VoiceWorker.Contract.Texts;

namespace VoiceWorker.Contract.Jobs;

/// <summary>A piece of a transcript.</summary>
/// <param name="Start">Seconds from the start of the audio.</param>
/// <param name="End">Seconds from the start of the audio.</param>
/// <param name="Text">The words, trimmed.</param>
/// <param name="Confidence">The mean probability of the segment's tokens, 0 to 1; null when the engine gives none.</param>
/// <param name="Words">When each word is spoken; null when that was not asked for.</param>
public sealed record Segment(double Start, double End, string Text, double? Confidence = null, IReadOnlyList<Word>? Words = null)
{
    /// <summary>The words, its accents composed (NFC) wherever it came from.</summary>
    public string Text { get; init; } = Nfc.Compose(Text);
}
