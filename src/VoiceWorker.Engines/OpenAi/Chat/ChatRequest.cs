namespace VoiceWorker.Engines.OpenAi.Chat;

/// <summary>The body of <c>POST /v1/chat/completions</c>.</summary>
internal sealed record ChatRequest(string Model, IReadOnlyList<ChatMessage> Messages, double? Temperature, int? MaxTokens);
