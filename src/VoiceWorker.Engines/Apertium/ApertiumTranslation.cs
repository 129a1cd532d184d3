namespace VoiceWorker.Engines.Apertium;

/// <summary>The answer to <c>/translate</c>.</summary>
/// <param name="TranslatedText">The translation, with marks.</param>
internal sealed record ApertiumTranslation(string TranslatedText);
