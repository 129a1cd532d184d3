using VoiceWorker.Contract.Texts;

namespace VoiceWorker.Core.Ports;

/// <summary>What a translator returns.</summary>
/// <param name="Text">The text in the target language.</param>
/// <param name="SourceLanguage">ISO 639-1 code of the source, as given or as detected.</param>
/// <param name="FromCache">Whether no engine had to work for it.</param>
public sealed record TranslatedText(string Text, string SourceLanguage, bool FromCache = false)
{
    /// <summary>The text, its accents composed (NFC) wherever it came from.</summary>
    public string Text { get; init; } = Nfc.Compose(Text);
}
