using System.Text.Json;

namespace VoiceWorker.Engines.OpenAi.Recognition;

/// <summary>The answer to <c>POST /v1/audio/transcriptions</c>.</summary>
/// <param name="Text">The whole text.</param>
/// <param name="Language">The language's English name (OpenAI) or ISO 639-1 code (speaches); only in <c>verbose_json</c>.</param>
/// <param name="Segments">Only in <c>verbose_json</c>: a list of objects, read with care by <see cref="SegmentTimes"/>.</param>
internal sealed record TranscriptionReply(string Text, string? Language = null, JsonElement? Segments = null);
