namespace VoiceWorker.Engines.OpenAi.Chat;

/// <summary>One of the answers.</summary>
/// <param name="Message">The model's message.</param>
/// <param name="FinishReason"><c>stop</c>; <c>length</c> when it was cut off; <c>content_filter</c> when it was withheld.</param>
internal sealed record ChatChoice(ChatMessage Message, string? FinishReason = null);
