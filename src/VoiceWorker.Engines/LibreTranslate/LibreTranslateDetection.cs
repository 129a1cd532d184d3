namespace VoiceWorker.Engines.LibreTranslate;

/// <summary>The language that the server found.</summary>
/// <param name="Language">Its code.</param>
internal sealed record LibreTranslateDetection(string Language);
