using VoiceWorker.Contract.Texts;

namespace VoiceWorker.Contract.Jobs;

/// <summary>What was said, as a sequence of segments.</summary>
/// <param name="Text">The whole text, trimmed; empty when nobody spoke.</param>
/// <param name="Language">ISO 639-1 code of the spoken language; null for a text job in an unknown language, until it is translated.</param>
/// <param name="Segments">The text's pieces in time order; empty for a text job.</param>
/// <param name="AudioDuration">How long the audio plays; zero for a text job.</param>
public sealed record Transcript(string Text, string? Language, IReadOnlyList<Segment> Segments, TimeSpan AudioDuration = default)
{
    /// <summary>The whole text, its accents composed (NFC) wherever it came from.</summary>
    public string Text { get; init; } = Nfc.Compose(Text);
}
