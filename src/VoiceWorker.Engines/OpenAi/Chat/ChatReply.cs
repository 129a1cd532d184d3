namespace VoiceWorker.Engines.OpenAi.Chat;

/// <summary>The answer to <c>POST /v1/chat/completions</c>.</summary>
internal sealed record ChatReply(IReadOnlyList<ChatChoice> Choices);
