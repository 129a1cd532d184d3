namespace VoiceWorker.Engines.OpenAi;

/// <summary>The answer to <c>GET /v1/models</c>.</summary>
internal sealed record ModelList(IReadOnlyList<ModelEntry> Data);
