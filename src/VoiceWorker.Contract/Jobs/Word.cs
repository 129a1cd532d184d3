using VoiceWorker.Contract.Texts;

namespace VoiceWorker.Contract.Jobs;

/// <summary>A word of a transcript.</summary>
/// <param name="Start">Seconds from the start of the audio.</param>
/// <param name="End">Seconds from the start of the audio.</param>
/// <param name="Text">The word, with the punctuation that follows it.</param>
/// <param name="Confidence">The mean probability of the word's tokens, 0 to 1.</param>
public sealed record Word(double Start, double End, string Text, double Confidence)
{
    /// <summary>The word, its accents composed (NFC) wherever it came from.</summary>
    public string Text { get; init; } = Nfc.Compose(Text);
}
