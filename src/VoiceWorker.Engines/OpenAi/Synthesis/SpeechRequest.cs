namespace VoiceWorker.Engines.OpenAi.Synthesis;

/// <summary>The body of <c>POST /v1/audio/speech</c>.</summary>
internal sealed record SpeechRequest(string Model, string Input, string Voice, string ResponseFormat);
