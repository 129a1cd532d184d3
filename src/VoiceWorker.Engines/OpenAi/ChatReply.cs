namespace VoiceWorker.Engines.OpenAi;

/// <summary>The answer to <c>POST /v1/chat/completions</c>.</summary>
internal sealed record ChatReply(IReadOnlyList<ChatChoice> Choices);
