namespace VoiceWorker.Engines.EspeakNg;

/// <summary>One installed voice.</summary>
/// <param name="Name">Its name on the command line, which is a language tag: <c>en-us</c>, <c>es-419</c>.</param>
/// <param name="Languages">The primary languages it speaks, in lower case: <c>en</c>; <c>cmn</c> and <c>zh</c>.</param>
internal sealed record EspeakVoice(string Name, IReadOnlyList<string> Languages);
