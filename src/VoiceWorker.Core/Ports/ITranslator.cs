namespace VoiceWorker.Core.Ports;

/// <summary>Text to text in another language.</summary>
public interface ITranslator : IEngine
{
    /// <summary>Translates a text.</summary>
    /// <param name="text">With words in it, and plain (<see cref="Contract.Texts.PlainText"/>).</param>
    /// <param name="sourceLanguage">ISO 639-1 code, or with script and region a BCP 47 tag (<see cref="Contract.Texts.LanguageTag"/>); null to detect it, where the engine can.</param>
    /// <param name="targetLanguage">The same for the wanted language; an engine that has no variants drops what is behind the code.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The text in the target language and the source language, as given or as detected.</returns>
    /// <exception cref="EngineException">The engine lacks the pair (the message lists what it has), or failed.</exception>
    ValueTask<TranslatedText> TranslateAsync(string text, string? sourceLanguage, string targetLanguage, CancellationToken cancellationToken);
}
