namespace VoiceWorker.Engines.OpenAi.Chat;

/// <summary>A message to or from a chat model.</summary>
/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Content">The text; null when the model answered with something else.</param>
/// <param name="Refusal">Why the model would not answer.</param>
internal sealed record ChatMessage(string Role, string? Content, string? Refusal = null);
