namespace VoiceWorker.Engines.LibreTranslate;

/// <summary>The body of <c>POST /translate</c>.</summary>
/// <param name="Q">The text.</param>
/// <param name="Source">The source language's code, or <c>auto</c>.</param>
/// <param name="Target">The target language's code.</param>
/// <param name="Format"><c>text</c> or <c>html</c>.</param>
/// <param name="ApiKey">The key; left out when there is none.</param>
internal sealed record LibreTranslateRequest(string Q, string Source, string Target, string Format, string? ApiKey);
