namespace VoiceWorker.Engines.LibreTranslate;

/// <summary>The answer to <c>POST /translate</c>.</summary>
/// <param name="TranslatedText">The translation.</param>
/// <param name="DetectedLanguage">Only when the source was <c>auto</c>.</param>
internal sealed record LibreTranslateReply(string TranslatedText, LibreTranslateDetection? DetectedLanguage = null);
