namespace VoiceWorker.Engines.LibreTranslate;

/// <summary>A line of <c>GET /languages</c>.</summary>
/// <param name="Code">The language's code: ISO 639-1, sometimes with a script (<c>zh-Hans</c>).</param>
/// <param name="Targets">The languages it can be translated to; old servers leave it out and have all pairs.</param>
internal sealed record LibreTranslateLanguage(string Code, IReadOnlyList<string>? Targets = null);
